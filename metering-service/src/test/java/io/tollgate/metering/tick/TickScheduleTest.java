package io.tollgate.metering.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.BillingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickScheduleTest {

  private final TickSchedule shanghai =
      new TickSchedule(BillingCalendar.SHANGHAI, Duration.ofMinutes(2));

  private static List<Instant> instants(String... texts) {
    return java.util.Arrays.stream(texts).map(Instant::parse).toList();
  }

  @Test
  void aStepTicksAtEachWindowEndPlusGraceAndWhereItEnds() {
    assertThat(
            shanghai.between(
                Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-01T02:01:00Z")))
        .isEqualTo(
            instants("2026-03-01T00:02:00Z", "2026-03-01T01:02:00Z", "2026-03-01T02:01:00Z"));
  }

  @Test
  void anEndPlusGraceThatWasToldIsNotToldAgain() {
    assertThat(
            shanghai.between(
                Instant.parse("2026-03-01T00:02:00Z"), Instant.parse("2026-03-01T00:30:00Z")))
        .isEqualTo(instants("2026-03-01T00:30:00Z"));
  }

  @Test
  void aRepeatedHourIsTwoWindows() {
    TickSchedule newYork =
        new TickSchedule(new BillingCalendar(ZoneId.of("America/New_York")), Duration.ZERO);
    assertThat(
            newYork.between(
                Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-02T05:00:00Z")))
        .hasSize(25);
  }

  @Test
  void aLongStepLooksAtDaysOnly() {
    assertThat(
            shanghai.between(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")))
        .hasSize(366);
  }
}
