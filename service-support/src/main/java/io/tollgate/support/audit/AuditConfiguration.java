package io.tollgate.support.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.support.metrics.SupportMetrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code GET /v1/audit} over all {@link Invariant} beans, and their gauges. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  private static final long PERIOD_SECONDS = 300;

  @Bean
  Audit audit(ObjectProvider<Invariant> invariants) {
    return new Audit(invariants.orderedStream().toList());
  }

  @Bean
  AuditController auditController(Audit audit) {
    return new AuditController(audit);
  }

  @Bean
  SupportMetrics.Reading auditReading(Audit audit) {
    return new SupportMetrics.Reading(
        "audit",
        PERIOD_SECONDS,
        display -> {
          for (Invariant invariant : audit.invariants()) {
            invariant
                .gauge()
                .ifPresent(
                    gauge ->
                        display.show(
                            gauge,
                            invariant.description(),
                            Tags.empty(),
                            invariant.check().difference().doubleValue()));
          }
        });
  }
}
