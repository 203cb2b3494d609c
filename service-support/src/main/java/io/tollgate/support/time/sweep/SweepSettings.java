package io.tollgate.support.time.sweep;

import io.tollgate.support.time.ClockMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When sweeps look for what is due.
 *
 * @param period between two looks that find nothing
 * @param wakeOnData whether they look as soon as data came in, too; if not given, only under a test
 *     clock, whose driver waits for what data makes due
 */
@ConfigurationProperties("tollgate.sweep")
public record SweepSettings(@DefaultValue("1s") Duration period, @Nullable Boolean wakeOnData) {

  /**
   * Settings as given.
   *
   * @throws IllegalArgumentException when the period is not positive
   */
  public SweepSettings {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("tollgate.sweep.period must be positive");
    }
  }

  boolean looksWhenDataComesIn(ClockMode mode) {
    return wakeOnData != null ? wakeOnData : mode == ClockMode.TEST;
  }
}
