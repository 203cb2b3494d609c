package io.tollgate.support.observability;

import io.tollgate.support.failure.InfrastructureFailures;
import org.apache.kafka.common.KafkaException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code GET /v1/audit} over all {@link Invariant} beans; their gauges are metrics. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean
  Audit audit(
      ObjectProvider<Invariant> invariants, ObjectProvider<InfrastructureFailures> failures) {
    return new Audit(
        invariants.orderedStream().toList(),
        failures.getIfAvailable(() -> failure -> failure instanceof KafkaException));
  }

  @Bean
  AuditController auditController(Audit audit) {
    return new AuditController(audit);
  }
}
