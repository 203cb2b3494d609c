package io.tollgate.metering.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.metering.topology.TaskState;
import io.tollgate.support.observability.Invariant;
import io.tollgate.support.observability.SupportMetrics;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metering's invariant and its gauges. */
@Configuration(proxyBeanMethods = false, value = "meteringAuditConfiguration")
class AuditConfiguration {

  private static final long PERIOD_SECONDS = 5;

  private static final Map<String, String> GAUGES =
      Map.of(
          "accepted", "tollgate_events_accepted",
          "counted", "tollgate_events_counted",
          "duplicate", "tollgate_events_duplicate",
          "quarantined", "tollgate_events_quarantined",
          "pending", "tollgate_events_pending",
          "voided", "tollgate_events_voided",
          "late", "tollgate_events_late");

  @Bean
  Invariant conservation(TaskState tasks, LiveState state) {
    return new Conservation(tasks, state);
  }

  @Bean
  SupportMetrics.Reading meteringReading(TaskState tasks, BusinessClock clock) {
    return new SupportMetrics.Reading(
        "metering",
        PERIOD_SECONDS,
        display -> {
          GAUGES.forEach(
              (counter, gauge) ->
                  display.show(
                      gauge,
                      "Usage events of this generation by outcome",
                      Tags.empty(),
                      sum(tasks, counter)));
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

  private static double sum(TaskState tasks, String counter) {
    return (double)
        tasks.snapshots().values().stream()
            .mapToLong(task -> task.counters().getOrDefault(counter, 0L))
            .sum();
  }
}
