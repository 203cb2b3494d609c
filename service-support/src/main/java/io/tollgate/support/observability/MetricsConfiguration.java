package io.tollgate.support.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tollgate.support.ServiceIdentity;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gauges of the audit, read periodically because each costs a query. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

  private static final Logger log = LoggerFactory.getLogger(MetricsConfiguration.class);
  private static final long AUDIT_PERIOD_SECONDS = 300;
  private static final long FULL_AUDIT_PERIOD_SECONDS = 3_600;

  @Bean
  SupportMetrics supportMetrics(
      MeterRegistry meters,
      ServiceIdentity identity,
      ObjectProvider<SupportMetrics.Reading> readings) {
    return new SupportMetrics(meters, identity.named("metrics"), readings.orderedStream().toList());
  }

  /** The gauges of all invariants that have one. */
  @Bean
  SupportMetrics.Reading auditReading(Audit audit) {
    return new SupportMetrics.Reading(
        "audit",
        AUDIT_PERIOD_SECONDS,
        display -> {
          for (Invariant invariant : audit.invariants()) {
            invariant
                .gauge()
                .ifPresent(
                    gauge ->
                        display.show(
                            gauge, invariant.description(), Tags.empty(), difference(invariant)));
          }
        });
  }

  /** Every invariant, also those that read a whole history, every hour. */
  @Bean
  SupportMetrics.Reading fullAuditReading(Audit audit) {
    return new SupportMetrics.Reading(
        "full-audit",
        FULL_AUDIT_PERIOD_SECONDS,
        display -> audit.invariants().forEach(invariant -> show(invariant, display)));
  }

  private static double difference(Invariant invariant) {
    return found(invariant).map(found -> found.difference().doubleValue()).orElse(Double.NaN);
  }

  /** One that cannot be checked shows as NaN; the others are checked nevertheless. */
  private static Optional<AuditFinding> found(Invariant invariant) {
    try {
      return Optional.of(invariant.check());
    } catch (RuntimeException e) {
      log.info("Invariant {} cannot be checked: {}", invariant.id(), e.toString());
      return Optional.empty();
    }
  }

  private static void show(Invariant invariant, SupportMetrics.Display display) {
    Optional<AuditFinding> found = found(invariant);
    Tags tags = Tags.of("invariant", invariant.id());
    display.show(
        "tollgate_audit_difference",
        "Difference found by an invariant; must be 0",
        tags,
        found.map(each -> each.difference().doubleValue()).orElse(Double.NaN));
    display.show(
        "tollgate_audit_checked",
        "Items that the last audit of an invariant checked",
        tags,
        found.map(each -> (double) each.checked()).orElse(Double.NaN));
  }
}
