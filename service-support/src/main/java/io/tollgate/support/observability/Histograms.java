package io.tollgate.support.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Timers whose buckets are the limits of the service's objectives, so that what a limit exceeds is
 * counted and not estimated. All services use the same ones, and what they measure adds up.
 */
public final class Histograms {

  private static final Duration[] REQUEST = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private static final Duration[] DELAY = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(6),
    Duration.ofDays(1)
  };

  private Histograms() {}

  /**
   * How long callers wait: 5 ms to 10 s.
   *
   * @param name ends in {@code _seconds}
   */
  public static Timer ofRequests(MeterRegistry meters, String name, String description, Tags tags) {
    return timer(meters, name, description, tags, REQUEST);
  }

  /**
   * How long work takes to arrive: 50 ms to a day.
   *
   * @param name ends in {@code _seconds}
   */
  public static Timer ofDelays(MeterRegistry meters, String name, String description, Tags tags) {
    return timer(meters, name, description, tags, DELAY);
  }

  private static Timer timer(
      MeterRegistry meters, String name, String description, Tags tags, Duration... limits) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(limits)
        .register(meters);
  }

  /** The limits of requests in nanoseconds, as Micrometer's settings have them. */
  static double[] requestLimitsNanos() {
    return Stream.of(REQUEST).mapToDouble(Duration::toNanos).toArray();
  }
}
