package io.tollgate.metering.topology;

import static io.tollgate.metering.topology.MeteringDriver.event;
import static io.tollgate.metering.topology.MeteringDriver.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.UsageRevision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one task counts, closes, refuses and keeps waiting. */
class CountingTopologyTest {

  /** 08:00 in the billing zone: its hour ends at 01:00, its day at 16:00. */
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static final Instant HOUR_END = START.plusSeconds(3_600);
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final Duration ACCEPTANCE = Duration.ofDays(7);
  private static final Duration FUTURE = Duration.ofMinutes(5);

  @TempDir Path directory;
  private MeteringDriver task;

  @BeforeEach
  void start() {
    startWith(Map.of());
  }

  private void startWith(Map<String, String> settings) {
    task = new MeteringDriver(directory.resolve(settings.toString()), settings);
    task.meter("units", "used", Aggregation.SUM);
    task.meter("calls", "called", Aggregation.COUNT);
    task.register("a");
    task.tick(START);
    task.hourly();
    task.daily();
  }

  @AfterEach
  void everyEventIsAccountedFor() {
    Map<String, Long> counted = task.counters();
    assertThat(counted.get("accepted"))
        .isEqualTo(
            Stream.of("counted", "duplicate", "quarantined", "pending")
                .mapToLong(fate -> counted.getOrDefault(fate, 0L))
                .sum());
    task.close();
  }

  private static String used(String id, String value) {
    return used(id, START.plusSeconds(10), value);
  }

  private static String used(String id, Instant time, String value) {
    return event("a", id, "used", time, value);
  }

  @Test
  void aWindowClosesOnTheFirstTickAtItsEndAndTheGrace() {
    task.post(used("1", "2"), used("2", "3.5"));
    task.tick(HOUR_END.plus(GRACE).minusMillis(1));
    assertThat(texts(task.hourly()))
        .containsExactly("closed to 2026-03-01T00:59:59.999Z: 0 records, 0 events, marker 2");

    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .containsExactly(
            "a units 5.5/2 #1", "closed to 2026-03-01T01:00:00Z: 1 records, 2 events, marker 3");
    assertThat(task.daily()).isEmpty();

    task.tick(Instant.parse("2026-03-01T16:02:00Z"));
    assertThat(texts(task.daily()))
        .containsExactly(
            "a units 5.5/2 #1", "closed to 2026-03-01T16:00:00Z: 1 records, 2 events, marker 2");
  }

  @Test
  void aWindowBelongsToTheInstantsFromItsStartToBeforeItsEnd() {
    task.post(used("1", START, "1"), used("2", START.minusNanos(1_000), "4"));
    task.tick(HOUR_END.minusSeconds(60));
    task.post(used("3", HOUR_END.minusNanos(1_000), "2"));
    task.post(used("4", HOUR_END, "8"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .contains("a units 4/1 #1", "a units 3/2 #1")
        .doesNotContain("a units 8/1 #1");
  }

  @Test
  void aTickThatIsOldOrComesAgainSaysNothing() {
    task.post(used("1", "2"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(task.hourly()).hasSize(2);

    task.tick(HOUR_END.plus(GRACE));
    task.tick(START);
    assertThat(task.hourly()).isEmpty();
    assertThat(task.task().tick()).contains(HOUR_END.plus(GRACE));
  }

  @Test
  void aTickAtTheEndOfTimeIsLeftOut() {
    task.post(used("1", "2"));
    task.append(RecordKind.TICK, Instant.MAX.toString().getBytes(UTF_8), new RecordHeaders());
    task.append(RecordKind.TICK, Instant.MIN.toString().getBytes(UTF_8), new RecordHeaders());
    assertThat(task.hourly()).isEmpty();

    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly())).contains("a units 2/1 #1");
  }

  @Test
  void aWindowWithoutUsageIsOnlyClosed() {
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .containsExactly("closed to 2026-03-01T01:00:00Z: 0 records, 0 events, marker 2");
  }

  /** One revision a tick, however much came late, and it is a total. */
  @Test
  void usageOfAClosedWindowGivesItARevisionWithTheNextTick() {
    task.post(used("1", "2"));
    task.tick(HOUR_END.plus(GRACE));
    task.hourly();

    task.post(used("2", "3"));
    task.post(used("3", "4"));
    assertThat(task.task().dirty()).isTrue();
    assertThat(task.hourly()).isEmpty();

    task.tick(HOUR_END.plus(GRACE).plusSeconds(60));
    assertThat(texts(task.hourly()))
        .containsExactly(
            "a units 9/3 #2", "closed to 2026-03-01T01:01:00Z: 1 records, 3 events, marker 3");
    assertThat(task.counters()).containsEntry("late", 2L);
    assertThat(task.task().dirty()).isFalse();
  }

  /** A driven clock stands still while usage comes: the same tick again closes what changed. */
  @Test
  void theSameTickAgainClosesWhatCameLate() {
    task.tick(HOUR_END.plus(GRACE));
    task.hourly();
    task.post(used("1", "2"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .containsExactly(
            "a units 2/1 #1", "closed to 2026-03-01T01:00:00Z: 1 records, 1 events, marker 3");
  }

  @Test
  void oneTickMayCloseManyWindows() {
    task.post(used("1", START.minusSeconds(7_200), "1"), used("2", START, "2"));
    task.tick(START.plus(Duration.ofDays(1)));
    assertThat(texts(task.hourly()))
        .containsExactly(
            "a units 1/1 #1",
            "a units 2/1 #1",
            "closed to 2026-03-01T23:58:00Z: 2 records, 2 events, marker 2");
    assertThat(texts(task.daily()))
        .containsExactly(
            "a units 3/2 #1", "closed to 2026-03-01T23:58:00Z: 1 records, 2 events, marker 2");
  }

  @Test
  void everyRevisionSaysWhereItStandsAmongThoseOfItsMarker() {
    task.register("b");
    task.post(used("1", "1"), event("b", "1", "used", START, "1"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(
            task.hourly().stream()
                .filter(UsageRevision.class::isInstance)
                .map(said -> ((UsageRevision) said).place().orElseThrow()))
        .containsExactly(new UsageRevision.Place(2, 1), new UsageRevision.Place(2, 2));
  }

  @Test
  void theSameIdentityCountsOnceAndWithAnotherPayloadIsAConflict() {
    task.register("b");
    task.post(used("1", "2"));
    task.post(used("1", "2"));
    task.post(used("1", "2"), used("1", "2"));
    task.post(used("1", "3"));
    task.post(event("b", "1", "used", START.plusSeconds(10), "2"));
    assertThat(task.counters()).containsEntry("counted", 2L).containsEntry("duplicate", 3L);
    assertThat(task.quarantined()).containsExactly("1: conflict");
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly())).contains("a units 2/1 #1", "b units 2/1 #1");
  }

  /** In [tick - A, tick + F], both ends included. */
  @Test
  void anEventIsAcceptedFromTheAcceptanceBeforeTheTickToTheFutureAfterIt() {
    task.post(
        used("oldest", START.minus(ACCEPTANCE), "1"),
        used("too-old", START.minus(ACCEPTANCE).minusNanos(1_000), "1"),
        used("newest", START.plus(FUTURE), "1"),
        used("too-new", START.plus(FUTURE).plusNanos(1_000), "1"));
    assertThat(task.quarantined()).containsExactly("too-old: late", "too-new: future");
    assertThat(task.counters()).containsEntry("counted", 2L);
  }

  /** The longest time between two acceptances of one event: A + F of ticks. */
  @Test
  void anEventIsRememberedAsLongAsItCouldBeAccepted() {
    Instant newest = START.plus(FUTURE);
    task.post(used("1", newest, "2"));
    task.tick(START.plus(Duration.ofDays(4)));
    task.post(used("1", newest, "2"));
    task.tick(newest.plus(ACCEPTANCE));
    task.post(used("1", newest, "2"));
    assertThat(task.counters()).containsEntry("counted", 1L).containsEntry("duplicate", 2L);

    task.tick(newest.plus(ACCEPTANCE).plusNanos(1_000));
    task.post(used("2", newest, "2"));
    assertThat(task.quarantined()).containsExactly("2: late");
  }

  @Test
  void whatCanNotBeCountedGoesToQuarantineWithItsReason() {
    task.end("ended", START.plusSeconds(10));
    task.post("{\"id\":\"no-event\"}");
    task.post(event("a", "no-meter", "unheard-of", START, "1"));
    task.post(event("a", "no-number", "used", START, "\"much\""));
    task.post(event("a", "no-value", "used", START, "null"));
    task.post(event("a", "negative", "used", START, "-1"));
    task.post(event("ended", "after-end", "used", START.plusSeconds(10), "1"));
    task.post(event("ended", "before-end", "used", START.plusSeconds(9), "1"));
    assertThat(task.quarantined())
        .containsExactly(
            "no-event: unreadable",
            "no-meter: unknown-meter",
            "no-number: value-not-a-number",
            "no-value: value-missing",
            "negative: value-negative",
            "after-end: instance-ended");
    assertThat(task.counters()).containsEntry("counted", 1L).containsEntry("quarantined", 6L);
  }

  @Test
  void whatWasRefusedMayBePostedAgainAndCounts() {
    task.post(event("a", "1", "new-type", START, "1"));
    assertThat(task.quarantined()).containsExactly("1: unknown-meter");
    task.meter("new", "new-type", Aggregation.SUM);
    task.post(event("a", "1", "new-type", START, "1"));
    assertThat(task.counters()).containsEntry("counted", 1L);
  }

  @Test
  void aRecordThatNobodyCanTakeApartGoesToQuarantineAsAWhole() {
    RecordHeaders headers = new RecordHeaders();
    headers.add(EventPack.LENGTHS, new byte[] {0, 0, 0, 99});
    task.append(RecordKind.EVENTS, "[{\"id\":\"pack\"}]".getBytes(UTF_8), headers);
    assertThat(task.quarantined()).containsExactly("pack: unreadable");
    assertThat(task.counters()).containsEntry("accepted", 1L);
  }

  @Test
  void beforeTheFirstTickNothingIsCounted() {
    task.close();
    task = new MeteringDriver(directory.resolve("no tick"));
    task.meter("units", "used", Aggregation.SUM);
    task.register("a");
    task.post(used("1", "1"));
    assertThat(task.quarantined()).containsExactly("1: no-tick-yet");
    task.tick(START);
    task.post(used("1", "1"));
    assertThat(task.counters()).containsEntry("counted", 1L);
  }

  @Test
  void anEventOfAnUnknownInstanceWaitsAndCountsInItsWindow() {
    task.post(event("later", "1", "used", START, "2"), event("later", "2", "used", START, "3"));
    task.post(event("later", "1", "used", START, "2"));
    assertThat(task.counters()).containsEntry("pending", 2L).containsEntry("duplicate", 1L);
    task.tick(HOUR_END.plus(GRACE));
    task.hourly();

    task.register("later");
    assertThat(task.counters()).containsEntry("pending", 0L).containsEntry("counted", 2L);
    task.tick(HOUR_END.plus(GRACE).plusSeconds(60));
    assertThat(texts(task.hourly())).contains("later units 5/2 #1");
  }

  /** Registered after its end, or with an event that no meter counts. */
  @Test
  void whatWaitedAndCanNotBeCountedIsRefusedAndForgotten() {
    task.post(event("later", "1", "used", START.plusSeconds(10), "2"));
    task.end("later", START.plusSeconds(5));
    assertThat(task.quarantined()).containsExactly("1: instance-ended");
    task.register("later");
    task.post(event("later", "1", "used", START.plusSeconds(10), "2"));
    assertThat(task.counters()).containsEntry("counted", 1L).containsEntry("duplicate", 0L);
  }

  /** What is counted, taken back, amended or refused leaves nothing in the store. */
  @Test
  void exactlyWhatWaitsTooLongIsRefusedAndNothingStaysBehind() {
    long taken = task.post(event("never", "1", "used", START, "1"));
    task.post(event("never", "2", "used", START, "2"));
    task.post(event("later", "3", "used", START, "3"));
    String before = event("never", "4", "used", START, "4");
    long amended = task.post(before);
    Instant hour = START.plusSeconds(3_600);
    task.tick(hour);
    task.post(event("another", "5", "used", START, "5"));
    assertThat(task.voidEvent("v", taken, event("never", "1", "used", START, "1")))
        .isEqualTo("applied");
    assertThat(task.amend("m", amended, before, event("never", "4", "used", START, "6")))
        .isEqualTo("applied");
    task.register("later");
    assertThat(task.counters()).containsEntry("pending", 3L).containsEntry("counted", 2L);

    task.tick(hour.plus(ACCEPTANCE));
    assertThat(task.quarantined()).containsExactly("2: unknown-instance");
    task.tick(hour.plus(ACCEPTANCE).plusSeconds(3_600));
    assertThat(task.quarantined())
        .containsExactlyInAnyOrder("4: unknown-instance", "5: unknown-instance");
    assertThat(task.counters()).containsEntry("pending", 0L);
    try (var left = task.driver().getKeyValueStore(TaskStores.PENDING).all()) {
      assertThat(left).isExhausted();
    }
  }

  @Test
  void whatNobodyRegistersIsRefusedAfterTheAcceptance() {
    task.post(event("never", "1", "used", START, "2"));
    task.tick(START.plus(ACCEPTANCE));
    assertThat(task.counters()).containsEntry("pending", 1L);
    task.tick(START.plus(ACCEPTANCE).plusSeconds(3_600));
    assertThat(task.quarantined()).containsExactly("1: unknown-instance");
    assertThat(task.counters()).containsEntry("pending", 0L);
  }

  @Test
  void soManyEventsWaitAndNoMore() {
    task.close();
    startWith(Map.of("max-pending", "2"));
    for (int i = 1; i <= 3; i++) {
      task.post(event("never", Integer.toString(i), "used", START, "1"));
    }
    assertThat(task.quarantined()).containsExactly("3: too-many-pending");
  }

  @Test
  void differentMembersAreCountedUpToABound() {
    task.close();
    startWith(Map.of("max-members", "2"));
    task.meter("users", "seen", Aggregation.UNIQUE_COUNT);
    String[] users = {"\"ann\"", "\"ben\"", "\"ann\"", "\"cid\""};
    for (int i = 0; i < users.length; i++) {
      task.post(event("a", "u" + i, "seen", START, users[i]));
    }
    assertThat(task.quarantined()).containsExactly("u3: too-many-members");
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly())).contains("a users 2/3 #1");
  }

  @Test
  void theLatestValueIsThatOfTheLatestTimeAndTheMaximumThatOfAnyTime() {
    task.meter("level", "measured", Aggregation.LATEST);
    task.meter("peak", "measured", Aggregation.MAX);
    task.post(
        event("a", "1", "measured", START.plusSeconds(60), "7"),
        event("a", "2", "measured", START.plusSeconds(120), "3"),
        event("a", "3", "measured", START.plusSeconds(120), "5"),
        event("a", "4", "measured", START.plusSeconds(30), "6"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly())).contains("a level 5/4 #1", "a peak 7/4 #1");
  }

  @Test
  void anEventCountsWithEveryMeterOfItsType() {
    task.meter("more-units", "used", Aggregation.MAX);
    task.post(used("1", "2"), used("2", "3"));
    task.post(event("a", "3", "called", START, "null"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .contains("a units 5/2 #1", "a more-units 3/2 #1", "a calls 1/1 #1");
    assertThat(task.counters()).containsEntry("counted", 3L);
  }

  /** The thread that reads meters serves all tasks: no record of one meter may end it. */
  @Test
  void aMeterThatNobodyCanUseIsLeftOutAndTheOthersCount() {
    task.damagedMeter("bad-pointer", "used", "/v", "no pointer");
    task.damagedMeter("bad-unit", "used", "\"1\"", '"' + "u".repeat(33) + '"');
    task.damagedMeter("bad-type", "used", "\"eventType\":\"used\"", "\"eventType\":\" \"");
    task.meter("more-units", "used", Aggregation.SUM);
    task.post(used("1", "2"));
    task.tick(HOUR_END.plus(GRACE));
    assertThat(texts(task.hourly()))
        .containsExactly(
            "a units 2/1 #1",
            "a more-units 2/1 #1",
            "closed to 2026-03-01T01:00:00Z: 2 records, 2 events, marker 2");
  }
}
