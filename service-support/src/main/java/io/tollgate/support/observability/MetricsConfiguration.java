package io.tollgate.support.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.ServiceIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The readings of a service, among them its audits. */
@Configuration(proxyBeanMethods = false)
@Import(MeterFilters.class)
public class MetricsConfiguration {

  private static final long AUDIT_PERIOD_SECONDS = 300;
  private static final long FULL_AUDIT_PERIOD_SECONDS = 3_600;

  @Bean
  Readings readings(
      MeterRegistry meters, ServiceIdentity identity, ObjectProvider<Reading> readings) {
    return new Readings(meters, identity.named("metrics"), readings.orderedStream().toList());
  }

  @Bean
  AuditMetrics auditMetrics(MeterRegistry meters, Audit audit) {
    return new AuditMetrics(meters, audit.invariants());
  }

  /** The invariants that have a gauge of their own. */
  @Bean
  Reading auditReading(AuditMetrics audits) {
    return new Reading("audit", AUDIT_PERIOD_SECONDS, display -> audits.checkGauges());
  }

  /** Every invariant, also those that read a whole history, every hour. */
  @Bean
  Reading fullAuditReading(AuditMetrics audits) {
    return new Reading("full-audit", FULL_AUDIT_PERIOD_SECONDS, display -> audits.checkAll());
  }
}
