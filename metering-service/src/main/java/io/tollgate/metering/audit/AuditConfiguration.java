package io.tollgate.metering.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.metering.topology.TaskState;
import io.tollgate.support.observability.Invariant;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metering's invariant and its gauges. */
@Configuration(proxyBeanMethods = false, value = "meteringAuditConfiguration")
class AuditConfiguration {

  private static final long PERIOD_SECONDS = 5;

  @Bean
  Invariant conservation(TaskState tasks, LiveState state) {
    return new Conservation(tasks, state);
  }

  @Bean
  Reading meteringReading(TaskState tasks, BusinessClock clock) {
    return new Reading(
        "metering",
        PERIOD_SECONDS,
        display -> {
          display.show(
              "tollgate_usage_events_pending",
              "Usage events that wait for their instance to be registered",
              Tags.empty(),
              pending(tasks));
          Optional<Instant> tick =
              tasks.snapshots().values().stream()
                  .flatMap(task -> task.tick().stream())
                  .min(Instant::compareTo);
          tick.ifPresent(
              instant ->
                  display.show(
                      "tollgate_watermark_lag_seconds",
                      "Lag of the slowest partition's time behind the clock",
                      Tags.empty(),
                      Duration.between(instant, clock.now()).toMillis() / 1_000.0));
        });
  }

  private static double pending(TaskState tasks) {
    return (double)
        tasks.snapshots().values().stream()
            .mapToLong(task -> task.counters().getOrDefault("pending", 0L))
            .sum();
  }
}
