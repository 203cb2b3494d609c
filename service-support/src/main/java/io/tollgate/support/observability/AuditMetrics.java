package io.tollgate.support.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tollgate.support.failure.Causes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the regular audits found of each invariant, and how they fare.
 *
 * <p>An invariant that cannot be checked keeps the difference that was found last: not knowing is
 * counted and dated, and is no difference. One that was never checked shows none.
 */
final class AuditMetrics {

  private static final Logger log = LoggerFactory.getLogger(AuditMetrics.class);

  private final MeterRegistry meters;
  private final List<Checked> all;

  AuditMetrics(MeterRegistry meters, List<Invariant> invariants) {
    this.meters = meters;
    this.all = invariants.stream().map(Checked::new).toList();
  }

  /** Checks the invariants that have a gauge of their own: they are cheap. */
  void checkGauges() {
    check(all.stream().filter(checked -> checked.invariant.gauge().isPresent()).toList());
  }

  /** Checks every invariant, also those that read a whole history. */
  void checkAll() {
    check(all);
  }

  /** One that fails does not keep the others from being checked; then the reading has failed. */
  private static void check(List<Checked> invariants) {
    List<String> failed =
        invariants.stream().filter(each -> !each.check()).map(each -> each.invariant.id()).toList();
    if (!failed.isEmpty()) {
      throw new IllegalStateException("cannot be checked: " + String.join(", ", failed));
    }
  }

  /** An invariant with its meters. */
  private final class Checked {
    private final Invariant invariant;
    private final Tags tags;
    private final Counter failures;
    private volatile double succeededAtSeconds = machineSeconds();
    private volatile double durationSeconds;
    private volatile double items;
    private volatile double difference;
    private volatile boolean shown;

    Checked(Invariant invariant) {
      this.invariant = invariant;
      this.tags = Tags.of("invariant", invariant.id());
      this.failures =
          Counter.builder("tollgate_audit_failures")
              .description("Checks of an invariant that could not be completed")
              .tags(tags)
              .register(meters);
      Gauge.builder(
              "tollgate_audit_last_success_timestamp_seconds", this, c -> c.succeededAtSeconds)
          .description(
              "Unix time of the last completed check, whatever it found; of the service's start"
                  + " before the first")
          .tags(tags)
          .register(meters);
      Gauge.builder("tollgate_audit_duration_seconds", this, c -> c.durationSeconds)
          .description("How long the last completed check took")
          .tags(tags)
          .register(meters);
    }

    boolean check() {
      long started = System.nanoTime();
      try {
        AuditFinding finding = invariant.check();
        items = finding.checked();
        difference = finding.difference().doubleValue();
        durationSeconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        succeededAtSeconds = machineSeconds();
        show();
        return true;
      } catch (RuntimeException e) {
        failures.increment();
        log.info("Invariant {} cannot be checked: {}", invariant.id(), Causes.brief(e));
        return false;
      }
    }

    private synchronized void show() {
      if (shown) {
        return;
      }
      shown = true;
      Gauge.builder("tollgate_audit_difference", this, c -> c.difference)
          .description("By how much an invariant is off; must be 0")
          .tags(tags)
          .register(meters);
      Gauge.builder("tollgate_audit_checked_items", this, c -> c.items)
          .description("Items that the last completed check of an invariant looked at")
          .tags(tags)
          .register(meters);
      invariant
          .gauge()
          .ifPresent(
              name ->
                  Gauge.builder(name, this, c -> c.difference)
                      .description(invariant.description())
                      .register(meters));
    }
  }

  private double machineSeconds() {
    return meters.config().clock().wallTime() / 1_000.0;
  }
}
