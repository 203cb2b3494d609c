package io.tollgate.support.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.audit.Audit;
import io.tollgate.support.audit.Invariant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads gauges that cost a query. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

  private static final long AUDIT_PERIOD_SECONDS = 300;

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
                            gauge,
                            invariant.description(),
                            Tags.empty(),
                            invariant.check().difference().doubleValue()));
          }
        });
  }
}
