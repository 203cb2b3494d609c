package io.tollgate.metering.topology;

import static io.tollgate.metering.topology.MeteringDriver.event;
import static io.tollgate.metering.topology.MeteringDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition.Emission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A correction takes away exactly what an event added, once, and never more than there is. */
class CorrectionTopologyTest extends OneTask {

  private static final Instant HOUR_CLOSED = Instant.parse("2026-03-01T01:02:00Z");

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  /** The first instant of the next day of the billing zone. */
  private static final Instant NEXT_DAY = Instant.parse("2026-03-01T16:00:00Z");

  private static Addition addition(String meter, String quantity) {
    return new Addition("a", meter, new TreeMap<>(), START, new BigDecimal(quantity));
  }

  /** The hour's revisions, each time one second of business time later. */
  private List<String> closed(Instant tick) {
    task.hourly();
    task.tick(tick);
    return texts(task.hourly()).stream().filter(text -> !text.startsWith("closed")).toList();
  }

  @Test
  void aVoidedEventIsTakenOutOnceAndStaysADuplicate() {
    task.post(used("1", "2"));
    long position = task.post(used("2", "3"));
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 5/2 #1");

    assertThat(task.voidEvent("v1", position, used("2", "3"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED.plusSeconds(1))).containsExactly("a units 2/1 #2");
    assertThat(task.voidEvent("v2", position, used("2", "3"))).isEqualTo("already-voided");
    task.post(used("2", "3"));
    assertThat(task.counters()).containsEntry("duplicate", 1L).containsEntry("voided", 1L);
    assertThat(closed(HOUR_CLOSED.plusSeconds(2))).isEmpty();
  }

  /** A correction's id again gives the first outcome, whatever is true by now. */
  @Test
  void aCorrectionIsAppliedOnce() {
    long position = task.post(used("1", "2"));
    assertThat(task.voidEvent("v1", position, used("1", "2"))).isEqualTo("applied");
    assertThat(task.voidEvent("v1", position, used("1", "2"))).isEqualTo("applied");
    assertThat(task.add("a1", addition("units", "4"))).isEqualTo("applied");
    assertThat(task.add("a1", addition("units", "4"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 4/0 #1");
  }

  /** Which partition decides follows from the id, so that no second instance's can decide too. */
  @Test
  void anIdBelongsToTheRequestThatClaimedItFirst() {
    assertThat(task.claim("f1", "add 5 to a")).isEqualTo("claimed");
    assertThat(task.claim("f1", "add 5 to b")).isEqualTo("idempotency-key-reused");
    assertThat(task.claim("f1", "add 5 to a")).isEqualTo("claimed");
    assertThat(task.claim("f2", "add 5 to b")).isEqualTo("claimed");
    assertThat(task.add("f1", addition("units", "5")))
        .as("the claim is not the outcome")
        .isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 5/0 #1");
  }

  @Test
  void anIdNeverExpires() {
    assertThat(task.claim("f1", "add 5 to a")).isEqualTo("claimed");
    assertThat(task.add("a1", addition("units", "5"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 5/0 #1");
    task.tick(START.plus(Duration.ofDays(1_000)));
    assertThat(task.claim("f1", "add 5 to b")).isEqualTo("idempotency-key-reused");
    assertThat(task.add("a1", addition("units", "5"))).isEqualTo("applied");
    assertThat(closed(START.plus(Duration.ofDays(1_000)).plusSeconds(1))).isEmpty();
  }

  @Test
  void whatWasNotCountedThereIsRefused() {
    long position = task.post(used("1", "2"));
    assertThat(task.voidEvent("v1", position + 1, used("1", "2"))).isEqualTo("not-counted-there");
    assertThat(task.voidEvent("v2", position, used("1", "9"))).isEqualTo("not-counted-there");
    assertThat(task.voidEvent("v3", position, used("never", "2")))
        .isEqualTo("event-not-remembered");
    assertThat(task.voidEvent("v4", position, "no event")).isEqualTo("unreadable");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 2/1 #1");
  }

  @Test
  void noCorrectionBringsATotalBelowZero() {
    long position = task.post(used("1", "5"));
    assertThat(task.add("a1", addition("units", "-3"))).isEqualTo("applied");
    assertThat(task.add("a2", addition("units", "-2.1"))).isEqualTo("below-zero");
    assertThat(task.voidEvent("v1", position, used("1", "5"))).isEqualTo("below-zero");
    assertThat(task.amend("m1", position, used("1", "5"), used("1", "2.9")))
        .isEqualTo("below-zero");
    assertThat(task.amend("m2", position, used("1", "5"), used("1", "3"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 0/1 #1");
  }

  @Test
  void anAmendedEventCountsInsteadAndCanBeAmendedAgain() {
    long first = task.post(used("1", "2"));
    String inTheNextHour = event("a", "1", "used", START.minusSeconds(3_600), "7");
    assertThat(task.amend("m1", first, used("1", "2"), inTheNextHour)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactlyInAnyOrder("a units 7/1 #1", "a units 0/0 #1");

    // The amendment is the record after the event's.
    long second = first + (1L << 10);
    assertThat(task.amend("m2", first, used("1", "2"), used("1", "3")))
        .isEqualTo("not-counted-there");
    assertThat(task.amend("m3", second, inTheNextHour, used("1", "4"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED.plusSeconds(1)))
        .containsExactlyInAnyOrder("a units 4/1 #2", "a units 0/0 #2");
    task.post(used("1", "4"));
    assertThat(task.counters()).containsEntry("duplicate", 1L);
  }

  @Test
  void anAmendmentMustBeOfTheSameEventAndNotAhead() {
    long position = task.post(used("1", "2"));
    assertThat(task.amend("m1", position, used("1", "2"), used("2", "2"))).isEqualTo("unreadable");
    String ahead = event("a", "1", "used", START.plusSeconds(301), "2");
    assertThat(task.amend("m2", position, used("1", "2"), ahead)).isEqualTo("future");
    String negative = used("1", "-2");
    assertThat(task.amend("m3", position, used("1", "2"), negative)).isEqualTo("value-negative");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 2/1 #1");
  }

  @Test
  void usageIsAddedOnlyToWhatAddsUp() {
    task.meter("peak", "measured", Aggregation.MAX);
    assertThat(task.add("a1", addition("peak", "1"))).isEqualTo("not-additive");
    assertThat(task.add("a2", addition("unheard-of", "1"))).isEqualTo("unknown-meter");
    Addition elsewhere = new Addition("nobody's", "units", new TreeMap<>(), START, BigDecimal.ONE);
    assertThat(task.add("a3", elsewhere)).isEqualTo("unknown-instance");
    TreeMap<String, String> region = new TreeMap<>();
    region.put("region", "north");
    Addition dimensioned = new Addition("a", "units", region, START, BigDecimal.ONE);
    assertThat(task.add("a4", dimensioned)).isEqualTo("other-dimensions");
    Addition ahead =
        new Addition("a", "units", new TreeMap<>(), START.plusSeconds(301), BigDecimal.ONE);
    assertThat(task.add("a5", ahead)).isEqualTo("future");
  }

  /** Added to windows that no bill takes, it was applied, and the audit differed for good. */
  @Test
  void usageIsAddedOnlyToWindowsThatTheProductIsBilledBy() {
    task.meter("by-day", 1, "used", Aggregation.SUM, LONG_AGO, Emission.DAILY);
    task.meter("by-hour", 1, "used", Aggregation.SUM, LONG_AGO, Emission.HOURLY);
    task.meter("by-hour", 2, "used", Aggregation.SUM, START.plusSeconds(60), Emission.DAILY);
    assertThat(task.add("a1", addition("by-day", "1")))
        .as("of no product yet")
        .isEqualTo("applied");

    task.product(BillingCycle.HOUR, false);
    assertThat(task.add("a2", addition("by-day", "1"))).isEqualTo("other-windows");
    assertThat(task.add("a3", addition("by-hour", "1"))).isEqualTo("applied");
    assertThat(task.add("a4", addition("units", "1"))).isEqualTo("applied");
    Addition then =
        new Addition("a", "by-hour", new TreeMap<>(), START.plusSeconds(60), BigDecimal.ONE);
    assertThat(task.add("a5", then)).as("by the version of that time").isEqualTo("other-windows");
    Addition before =
        new Addition("a", "by-hour", new TreeMap<>(), LONG_AGO.minusNanos(1), BigDecimal.ONE);
    assertThat(task.add("a6", before)).isEqualTo("unknown-meter");
    assertThat(closed(HOUR_CLOSED)).containsExactlyInAnyOrder("a by-hour 1/0 #1", "a units 1/0 #1");

    task.product(BillingCycle.MONTH, false);
    assertThat(task.add("a7", addition("by-day", "1"))).isEqualTo("applied");
    assertThat(task.add("a8", addition("by-hour", "1"))).isEqualTo("other-windows");
  }

  /** As an event of that time is. */
  @Test
  void nothingIsAddedAfterAnInstanceHasEnded() {
    task.end("a", START);
    assertThat(task.add("a1", addition("units", "1"))).isEqualTo("instance-ended");
    Addition before =
        new Addition("a", "units", new TreeMap<>(), START.minusNanos(1_000), BigDecimal.ONE);
    assertThat(task.add("a2", before)).isEqualTo("applied");
  }

  /** A version that is taken back before it starts has counted nothing, and never does. */
  @Test
  void aWithdrawnVersionOfAMeterChangesNothing() {
    Instant start = START.plusSeconds(300);
    long first = task.post(used("1", "2"));
    task.meter("units", 2, "used", Aggregation.MAX, start);
    long second = task.post(used("2", "3"));
    task.withdrawMeter("units", 2, "used", Aggregation.MAX, start);
    long third = task.post(used("3", "4"));
    assertThat(task.voidEvent("v1", first, used("1", "2"))).isEqualTo("applied");
    assertThat(task.amend("m1", second, used("2", "3"), event("a", "2", "used", start, "5")))
        .as("to a time that the withdrawn version would have counted")
        .isEqualTo("applied");
    task.post(event("a", "4", "used", start, "6"));
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 15/3 #1");

    task.meter("units", 3, "used", Aggregation.MAX, NEXT_DAY);
    task.tick(NEXT_DAY);
    task.post(event("a", "5", "used", NEXT_DAY, "7"), event("a", "6", "used", NEXT_DAY, "8"));
    assertThat(task.voidEvent("v2", third, used("3", "4"))).isEqualTo("applied");
    assertThat(closed(NEXT_DAY.plusSeconds(3720)))
        .containsExactlyInAnyOrder("a units 11/2 #2", "a units 8/2 #1");
  }

  @Test
  void theWinnerThatIsVoidedLeavesTheNextOne() {
    task.meter("level", "measured", Aggregation.LATEST);
    task.meter("peak", "measured", Aggregation.MAX);
    task.post(event("a", "1", "measured", START, "5"));
    String winner = event("a", "2", "measured", START.plusSeconds(1), "9");
    long position = task.post(winner);
    assertThat(closed(HOUR_CLOSED)).containsExactlyInAnyOrder("a level 9/2 #1", "a peak 9/2 #1");
    assertThat(task.voidEvent("v1", position, winner)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED.plusSeconds(1)))
        .containsExactlyInAnyOrder("a level 5/1 #2", "a peak 5/1 #2");
  }

  @Test
  void aMemberIsGoneWithTheLastEventThatNamesIt() {
    task.meter("users", "seen", Aggregation.UNIQUE_COUNT);
    String ann = event("a", "1", "seen", START, "\"ann\"");
    String again = event("a", "2", "seen", START, "\"ann\"");
    long first = task.post(ann);
    long second = task.post(again);
    assertThat(task.voidEvent("v1", first, ann)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a users 1/1 #1");
    assertThat(task.voidEvent("v2", second, again)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED.plusSeconds(1))).containsExactly("a users 0/0 #2");
  }

  @Test
  void anEventThatWaitsIsVoidedAndAmendedToo() {
    String one = event("later", "1", "used", START, "2");
    String two = event("later", "2", "used", START, "3");
    long first = task.post(one);
    long second = task.post(two);
    assertThat(task.voidEvent("v1", first, one)).isEqualTo("applied");
    String amended = event("later", "2", "used", START, "4");
    assertThat(task.amend("m1", second, two, amended)).isEqualTo("applied");
    task.register("later");
    assertThat(closed(HOUR_CLOSED)).containsExactly("later units 4/1 #1");
    assertThat(task.counters()).containsEntry("pending", 0L).containsEntry("voided", 1L);
  }

  /** A meter that came after the event did not count it: voiding takes nothing from it. */
  @Test
  void aCorrectionTakesFromTheMetersThatCountedTheEvent() {
    long before = task.post(used("1", "2"));
    task.meter("more-units", "used", Aggregation.SUM);
    long after = task.post(used("2", "5"));
    assertThat(task.voidEvent("v1", before, used("1", "2"))).isEqualTo("applied");
    assertThat(task.amend("m1", after, used("2", "5"), used("2", "6"))).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("a more-units 6/1 #1", "a units 6/1 #1");
  }

  /** The version that is effective at the event's time counts it, and is known by its stage. */
  @Test
  void anAmendmentIsRefusedWhereTheMetersCountOtherwiseNow() {
    task.tick(NEXT_DAY);
    String late = event("a", "1", "used", NEXT_DAY, "2");
    long position = task.post(late);
    task.meter("units", 2, "used", Aggregation.MAX, NEXT_DAY);
    assertThat(task.amend("m1", position, late, event("a", "1", "used", NEXT_DAY, "3")))
        .isEqualTo("meters-changed");
    assertThat(task.voidEvent("v1", position, late)).isEqualTo("applied");
    assertThat(closed(NEXT_DAY.plus(Duration.ofMinutes(62)))).containsExactly("a units 0/0 #1");
  }
}
