package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.OpenMeter;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.SharedMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.model.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What was counted survives a restart and the loss of every store; what was not shows. */
@ExtendWith(SharedMetering.class)
class KeptStateIT {

  private final RunningMetering metering;

  KeptStateIT(RunningMetering metering) {
    this.metering = metering;
  }

  @Test
  void aRestartContinuesWhereItWas() {
    assertGoesOnAfter("restart", metering::restart);
  }

  @Test
  void lostStateIsRebuiltFromItsChangelogs() {
    assertGoesOnAfter("lost", metering::restartWithoutState);
  }

  /** What came before and comes again is not counted again, and what comes then is. */
  private void assertGoesOnAfter(String name, Runnable restart) {
    String instance = name + "-i";
    String account = name + "-a";
    metering.register(instance, account, metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    String first = event(instance, "1", "cpu.used", hour, "{\"seconds\":5}");
    metering.events(first);
    metering.settle();
    restart.run();
    assertThat(metering.now()).isEqualTo(hour);
    metering.events(first, event(instance, "2", "cpu.used", hour, "{\"seconds\":7}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals(account, Granularity.HOUR)).containsExactly(hour + " cpu=12 r1");
    assertThat(usage.gaps()).isEmpty();
  }

  /** A total that missed an event is put into the changelog, from which it is rebuilt. */
  @Test
  void aTotalThatMissesACountedEventTurnsTheAuditRed() {
    metering.register("tampered-i", "tampered-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    for (String id : List.of("1", "2")) {
      metering.events(event("tampered-i", id, "load", hour, "{\"load\":5}"));
      metering.settle();
    }
    assertThat(red()).isEmpty();
    var totals = metering.changelog("series", "tampered-a");
    metering.appendToChangelog(totals.getFirst());
    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(red())
        .containsExactly("usage-conservation: the totals hold 1 events fewer than were counted");

    metering.appendToChangelog(totals.getLast());
    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(red()).isEmpty();
  }

  /** Every invariant is broken by a test: there is one. */
  private List<String> red() {
    JsonNode invariants =
        OpenMeter.JSON
            .readTree(metering.get("/v1/audit", metering.operator()).body())
            .at("/invariants");
    assertThat(invariants.findValuesAsString("id")).containsExactly("usage-conservation");
    List<String> red = new ArrayList<>();
    for (JsonNode invariant : invariants) {
      for (JsonNode finding : invariant.at("/findings")) {
        red.add(invariant.at("/id").asString() + ": " + finding.asString());
      }
    }
    return red;
  }
}
