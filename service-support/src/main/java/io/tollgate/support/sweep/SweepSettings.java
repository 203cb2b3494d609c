package io.tollgate.support.sweep;

import io.tollgate.support.clock.ClockMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How often sweeps look for what is due.
 *
 * @param period between two looks that find nothing; if not given, a second, and under a test
 *     clock, whose driver waits for what data makes due, 50 ms
 */
@ConfigurationProperties("tollgate.sweep")
public record SweepSettings(@Nullable Duration period) {

  private static final Duration SYSTEM_PERIOD = Duration.ofSeconds(1);
  private static final Duration TEST_PERIOD = Duration.ofMillis(50);

  /**
   * Settings as given.
   *
   * @throws IllegalArgumentException when the period is not positive
   */
  public SweepSettings {
    if (period != null && !period.isPositive()) {
      throw new IllegalArgumentException("tollgate.sweep.period must be positive");
    }
  }

  Duration period(ClockMode mode) {
    if (period != null) {
      return period;
    }
    return mode == ClockMode.TEST ? TEST_PERIOD : SYSTEM_PERIOD;
  }
}
