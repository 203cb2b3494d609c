package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.model.Granularity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of 23 and 25 hours in New York are one window each, with as many hours as they have. */
class SummerTimeIT {

  @TempDir Path directory;

  @Test
  void clocksGoForwardInMarch() {
    // 8 March 2026 begins at 05:00Z and ends at 04:00Z: 23 hours.
    totals(Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z"), 23);
  }

  @Test
  void clocksGoBackInNovember() {
    // 1 November 2026 begins at 04:00Z and ends at 05:00Z: 25 hours.
    totals(Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-02T05:00:00Z"), 25);
  }

  private void totals(Instant start, Instant end, int hours) {
    try (RunningMetering metering =
        new RunningMetering(directory, start, Map.of("tollgate.zone", "America/New_York"))) {
      metering.meter(
          """
          {"meter":"beat","eventType":"beat","aggregation":"COUNT","unit":"1",
           "emits":["HOURLY","DAILY"]}\
          """);
      metering.register("i", "a", start);
      metering.stepTo(end);
      List<String> events = new ArrayList<>();
      for (Instant at = start; at.isBefore(end); at = at.plus(Duration.ofMinutes(30))) {
        events.add(event("i", at.toString(), "beat", at, "{}"));
      }
      metering.events(events.toArray(String[]::new));
      metering.stepTo(end.plus(Duration.ofMinutes(2)));
      UsageReader usage = UsageReader.of(metering);
      assertThat(usage.totals("a", Granularity.DAY))
          .containsExactly(start + " beat=" + 2 * hours + " r1");
      assertThat(usage.of("a", Granularity.DAY).getFirst().windowEnd()).isEqualTo(end);
      assertThat(usage.of("a", Granularity.HOUR))
          .hasSize(hours)
          .allMatch(revision -> revision.eventCount() == 2);
      assertThat(usage.gaps()).isEmpty();
    }
  }
}
