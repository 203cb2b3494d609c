package io.tollgate.support.audit;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code GET /v1/audit} over all {@link Invariant} beans; their gauges are metrics. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean
  Audit audit(ObjectProvider<Invariant> invariants) {
    return new Audit(invariants.orderedStream().toList());
  }

  @Bean
  AuditController auditController(Audit audit) {
    return new AuditController(audit);
  }
}
