package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.metering.event.Identity;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.metering.topology.StreamsRunner;
import io.tollgate.model.Granularity;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.testing.TestBroker;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.streams.LagInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once is once: over records, segments, restarts, restored state, instances and formats. */
class DedupIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Map<String, String> SETTINGS =
      Map.of("tollgate.metering.acceptance", "P2D", "tollgate.metering.standbys", "1");

  /** A segment is half as long as acceptance and future together. */
  private static final long SEGMENT_MILLIS = Duration.ofDays(2).plusMinutes(5).toMillis() / 2 + 1;

  @TempDir static Path directory;
  private static TestBroker kafka;
  private static RunningMetering metering;

  @BeforeAll
  static void start() {
    kafka = TestBroker.start(directory.resolve("kafka"));
    metering = new RunningMetering(directory.resolve("one"), START, SETTINGS, kafka);
    metering.meter(
        """
        {"meter":"cpu","eventType":"cpu.used","aggregation":"SUM","valuePointer":"/seconds",
         "unit":"s","emits":["HOURLY"]}\
        """);
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  private static Instant beginAnHour() {
    Instant now = metering.get(BusinessClock.class).now();
    Instant hour = Instant.ofEpochSecond((now.getEpochSecond() / 3600 + 1) * 3600);
    metering.stepTo(hour);
    return hour;
  }

  private static String used(String instance, String id, Instant time, int seconds) {
    return event(instance, id, "cpu.used", time, "{\"seconds\":" + seconds + "}");
  }

  private static OptionalLong positionOf(String instance, String id) {
    return metering.get(LiveState.class).positionOf(Identity.of("test", instance, id));
  }

  @Test
  void anEventCountsOnceWithinARecordAndOverRecordsSegmentsAndLostState() {
    metering.register("once-i", "once-a", START);
    Instant hour = beginAnHour();
    String one = used("once-i", "1", hour, 5);
    String two = used("once-i", "2", hour, 7);
    metering.events(one, one, two, one);
    metering.events(two, one);
    metering.settle();
    metering.stepTo(hour.plusMillis(SEGMENT_MILLIS).plusSeconds(60));
    metering.events(one, two);
    metering.settle();
    metering.restartWithoutState();
    metering.events(two, one, two);
    metering.stepTo(hour.plusMillis(SEGMENT_MILLIS).plusSeconds(120));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("once-a", Granularity.HOUR)).containsExactly(hour + " cpu=12 r1");
  }

  private static void amended(String event) {
    String key = "amend-" + metering.corrections();
    assertThat(
            metering
                .correct(key, "{\"kind\":\"AMEND\",\"event\":%s,\"reason\":\"x\"}".formatted(event))
                .body())
        .contains("\"outcome\":\"applied\"");
  }

  /**
   * Posted at 0 h, amended at 47 h to that time, it is accepted until 95 h: posted again at 94 h,
   * long after the segment of its first time is out of reach, it still counts once.
   */
  @Test
  void anAmendedEventCountsOnceAsLongAsItsNewTimeIsAccepted() {
    metering.register("amended-i", "amended-a", START);
    Instant hour = beginAnHour();
    metering.events(
        used("amended-i", "1", hour, 5),
        used("amended-later-i", "1", hour, 7),
        used("amended-later-i", "2", hour, 9));
    Instant late = hour.plus(Duration.ofHours(47));
    metering.stepTo(late);
    String counted = used("amended-i", "1", late, 5);
    String waiting = used("amended-later-i", "1", late, 7);
    amended(counted);
    amended(waiting);
    amended(event("amended-later-i", "2", "cpu.used", late, "{\"seconds\":\"none\"}"));
    metering.stepTo(hour.plus(Duration.ofHours(94)));
    metering.events(counted, waiting);
    metering.register("amended-later-i", "amended-later-a", START);
    metering.settle();
    assertThat(positionOf("amended-later-i", "2")).isEmpty();
    metering.stepTo(hour.plus(Duration.ofDays(4)));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("amended-a", Granularity.HOUR))
        .containsExactlyInAnyOrder(hour + " cpu=0 r2", late + " cpu=5 r1");
    assertThat(usage.totals("amended-later-a", Granularity.HOUR))
        .containsExactly(late + " cpu=7 r1");
  }

  @Test
  void whatIsOutOfReachIsDropped() {
    metering.register("old-i", "old-a", START);
    Instant hour = beginAnHour();
    metering.events(used("old-i", "1", hour, 5));
    metering.settle();
    assertThat(positionOf("old-i", "1")).isNotEmpty();
    Instant later = hour.plusMillis(2 * SEGMENT_MILLIS);
    metering.stepTo(later);
    metering.events(used("old-i", "2", later, 5));
    metering.settle();
    assertThat(positionOf("old-i", "1")).isNotEmpty();
    later = later.plusMillis(SEGMENT_MILLIS);
    metering.stepTo(later);
    metering.events(used("old-i", "3", later, 5));
    metering.settle();
    assertThat(positionOf("old-i", "1")).isEmpty();
    assertThat(positionOf("old-i", "2")).isNotEmpty();
  }

  @Test
  void whatWaitedAndWasRefusedIsForgottenAlsoInRestoredState() {
    Instant hour = beginAnHour();
    metering.events(
        used("waits-i", "1", hour, 5),
        event("waits-i", "2", "cpu.used", hour, "{\"seconds\":\"none\"}"));
    metering.settle();
    assertThat(positionOf("waits-i", "2")).isNotEmpty();
    metering.register("waits-i", "waits-a", hour);
    metering.settle();
    assertThat(positionOf("waits-i", "1")).isNotEmpty();
    assertThat(positionOf("waits-i", "2")).isEmpty();
    metering.restartWithoutState();
    metering.settle();
    assertThat(positionOf("waits-i", "1")).isNotEmpty();
    assertThat(positionOf("waits-i", "2")).isEmpty();
  }

  /** Whoever asks here is told to ask another instance. */
  private static void assertNothingIsReadHere() {
    for (String path :
        List.of(
            "/api/v1/events",
            "/api/v1/meters/cpu/query",
            "/v1/accounts/moved-a/usage",
            "/v1/event-fates/event?source=test&instance=moved-i&id=1",
            "/v1/event-fates",
            "/v1/event-fates/counts")) {
      HttpResponse<String> answer = metering.get(path, metering.platform());
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.body()).as(path).contains("usage-not-here");
    }
  }

  @Test
  void anotherInstanceGoesOnWithItsStandbys() {
    metering.register("moved-i", "moved-a", START);
    Instant hour = beginAnHour();
    String one = used("moved-i", "1", hour, 5);
    metering.events(one);
    metering.settle();
    RunningMetering other =
        new RunningMetering(
            directory.resolve("other"),
            START,
            Map.of(
                "tollgate.metering.acceptance", "P2D",
                "tollgate.metering.standbys", "1",
                "tollgate.instance", "instance-1"),
            kafka);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Map<Integer, LagInfo> dedup =
                  other
                      .get(StreamsRunner.class)
                      .streams()
                      .allLocalStorePartitionLags()
                      .getOrDefault("dedup", Map.of());
              // After the last pack comes the marker of its transaction.
              return dedup.size() == RunningMetering.PARTITIONS
                  && dedup.values().stream().allMatch(lag -> lag.offsetLag() <= 1);
            });
    stopStreams(metering);
    assertNothingIsReadHere();
    other.events(one, used("moved-i", "2", hour, 7), one);
    other.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(other).totals("moved-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=12 r1");
    stopStreams(other);
    other.stop();
    metering.restart();
    metering.awaitReadable();
  }

  private static void stopStreams(RunningMetering instance) {
    instance.get(StreamsRunner.class).stop();
    instance.leaveGroup();
  }
}
