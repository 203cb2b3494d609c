package io.tollgate.store.audittrail;

import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.security.Operators;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trail of a service with a database. */
@Configuration(proxyBeanMethods = false)
@Import(AuditTrailController.class)
public class AuditTrailConfiguration {

  @Bean
  AuditTrail auditTrail(JdbcClient jdbc, BusinessClock clock, ObjectProvider<Operators> operators) {
    return new AuditTrail(jdbc, clock, operators.getIfAvailable(Operators::new));
  }
}
