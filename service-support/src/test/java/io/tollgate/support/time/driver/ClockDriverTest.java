package io.tollgate.support.time.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.BillingCalendar;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockDriverTest {

  private static ClockDriver driver(String zone, Duration block) {
    return new ClockDriver(
        List.of(URI.create("http://127.0.0.1:1")),
        new BillingCalendar(ZoneId.of(zone)),
        block,
        Duration.ofSeconds(1),
        () -> "");
  }

  @Test
  void aBlockEndsAtTheNextLocalMidnight() {
    try (ClockDriver driver = driver("Asia/Shanghai", Duration.ofDays(3))) {
      assertThat(
              driver.nextBlockEnd(
                  Instant.parse("2026-03-01T02:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")))
          .isEqualTo("2026-03-01T16:00:00Z");
      assertThat(
              driver.nextBlockEnd(
                  Instant.parse("2026-03-01T16:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")))
          .isEqualTo("2026-03-02T16:00:00Z");
    }
  }

  @Test
  void aBlockIsNoLongerThanTheShortestReaction() {
    try (ClockDriver driver = driver("Asia/Shanghai", Duration.ofHours(1))) {
      assertThat(
              driver.nextBlockEnd(
                  Instant.parse("2026-03-01T02:30:00Z"), Instant.parse("2026-04-01T00:00:00Z")))
          .isEqualTo("2026-03-01T03:30:00Z");
    }
  }

  @Test
  void theDayOfTwentyFiveHoursTakesTwoBlocks() {
    try (ClockDriver driver = driver("America/New_York", Duration.ofHours(24))) {
      Instant midnight = Instant.parse("2026-11-01T04:00:00Z");
      Instant far = Instant.parse("2026-12-01T00:00:00Z");
      Instant first = driver.nextBlockEnd(midnight, far);
      assertThat(first).isEqualTo("2026-11-02T04:00:00Z");
      assertThat(driver.nextBlockEnd(first, far)).isEqualTo("2026-11-02T05:00:00Z");
    }
  }

  @Test
  void theTargetIsHitExactlyAndNeverPassed() {
    try (ClockDriver driver = driver("Asia/Shanghai", Duration.ofHours(24))) {
      Instant target = Instant.parse("2026-03-01T15:59:59.999999Z");
      assertThat(driver.nextBlockEnd(Instant.parse("2026-03-01T02:00:00Z"), target))
          .isEqualTo(target);
      assertThat(driver.nextBlockEnd(target, target)).isEqualTo(target);
      assertThat(driver.nextBlockEnd(Instant.parse("2026-03-05T00:00:00Z"), target))
          .isEqualTo("2026-03-05T00:00:00Z");
    }
  }
}
