package io.tollgate.metering.topology;

import static io.tollgate.metering.topology.MeteringDriver.event;
import static io.tollgate.metering.topology.MeteringDriver.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.InstanceRecord.Suspension;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage from a suspension to the resumption has a total of its own in each window. */
class SuspensionTopologyTest extends OneTask {

  private static final Instant SUSPENDED = START.plusSeconds(120);
  private static final Instant RESUMED = START.plusSeconds(1_800);
  private static final Suspension OPEN = new Suspension(SUSPENDED, Optional.empty());
  private static final Suspension OVER = new Suspension(SUSPENDED, Optional.of(RESUMED));
  private static final Instant HOUR_CLOSED = Instant.parse("2026-03-01T01:02:00Z");

  @BeforeEach
  void comeToTheResumption() {
    task.tick(RESUMED);
    task.hourly();
  }

  private static String used(String id, Instant time, String value) {
    return event("a", id, "used", time, value);
  }

  private List<String> closed(Instant tick) {
    task.tick(tick);
    return texts(task.hourly()).stream().filter(text -> !text.startsWith("closed")).toList();
  }

  @Test
  void aSuspensionLastsFromItsFirstInstantToBeforeTheResumption() {
    task.post(used("1", SUSPENDED.minusNanos(1_000), "5"));
    task.register("a", OPEN);
    task.post(used("2", SUSPENDED, "2"), used("3", RESUMED.minusNanos(1_000), "1"));
    task.register("a", OVER);
    task.post(used("4", RESUMED, "2"));
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("a units 7/2 #1", "a units{_suspended=true} 3/2 #1");
  }

  /** Late usage falls where its time says, whenever it comes. */
  @Test
  void whatComesAfterTheResumptionCountsWhereItsTimeLies() {
    task.register("a", OVER);
    task.post(used("1", START, "5"), used("2", SUSPENDED, "3"), used("3", RESUMED, "2"));
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("a units 7/2 #1", "a units{_suspended=true} 3/1 #1");
    task.post(used("4", SUSPENDED, "10"));
    assertThat(closed(HOUR_CLOSED.plusSeconds(1)))
        .containsExactly("a units{_suspended=true} 13/2 #2");
  }

  @Test
  void severalSuspensionsOfOneWindowAreCountedTogether() {
    Instant again = RESUMED.plusSeconds(60);
    task.register("a", OVER, new Suspension(again, Optional.empty()));
    task.post(used("1", SUSPENDED, "1"), used("2", RESUMED, "2"), used("3", again, "4"));
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("a units 2/1 #1", "a units{_suspended=true} 5/2 #1");
  }

  @Test
  void whereRetainedStorageIsChargedAWindowStaysOneTotal() {
    task.retainedStorageIsCharged();
    task.register("a", OPEN);
    task.post(used("1", START, "5"), used("2", SUSPENDED, "3"));
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units 8/2 #1");
  }

  /** A correction changes the total that counted the event, not the one that would count it now. */
  @Test
  void aCorrectionTakesFromTheTotalThatCountedTheEvent() {
    long early = task.post(used("before", SUSPENDED, "5"));
    task.register("a", OPEN);
    long late = task.post(used("after", SUSPENDED, "3"));
    task.register("a");
    assertThat(task.voidEvent("v1", late, used("after", SUSPENDED, "3"))).isEqualTo("applied");
    task.register("a", OPEN);
    assertThat(
            task.amend("m1", early, used("before", SUSPENDED, "5"), used("before", SUSPENDED, "4")))
        .isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("a units 0/0 #1", "a units{_suspended=true} 4/1 #1");
    assertThat(task.counters()).containsEntry("counted", 2L).containsEntry("voided", 1L);
  }

  @Test
  void whatIsAddedToASuspensionCountsApart() {
    task.register("a", OVER);
    Addition inside = new Addition("a", "units", new TreeMap<>(), SUSPENDED, new BigDecimal("1.5"));
    assertThat(task.add("a1", inside)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED)).containsExactly("a units{_suspended=true} 1.5/0 #1");
  }

  /** What waited is remembered as it was counted at last, so that it can be voided. */
  @Test
  void whatWaitedForItsInstanceCountsByItsTime() {
    String waiting = event("later", "1", "used", SUSPENDED, "3");
    long position = task.post(waiting, event("later", "2", "used", START, "5"));
    task.register("later", OPEN);
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder("later units 5/1 #1", "later units{_suspended=true} 3/1 #1");
    assertThat(task.voidEvent("v1", position, waiting)).isEqualTo("applied");
    assertThat(closed(HOUR_CLOSED.plusSeconds(1)))
        .containsExactly("later units{_suspended=true} 0/0 #2");
    task.post(waiting);
    assertThat(task.counters()).containsEntry("duplicate", 1L);
  }

  @Test
  void maximaLatestValuesAndMembersAreThoseOfEachPart() {
    task.meter("peak", "measured", Aggregation.MAX);
    task.meter("level", "measured", Aggregation.LATEST);
    task.meter("values", "measured", Aggregation.UNIQUE_COUNT);
    task.register("a", OVER);
    task.post(
        event("a", "1", "measured", START, "5"),
        event("a", "2", "measured", SUSPENDED, "9"),
        event("a", "3", "measured", RESUMED, "4"));
    assertThat(closed(HOUR_CLOSED))
        .containsExactlyInAnyOrder(
            "a peak 5/2 #1",
            "a level 4/2 #1",
            "a values 2/2 #1",
            "a peak{_suspended=true} 9/1 #1",
            "a level{_suspended=true} 9/1 #1",
            "a values{_suspended=true} 1/1 #1");
  }
}
