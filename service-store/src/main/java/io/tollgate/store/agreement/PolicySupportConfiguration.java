package io.tollgate.store.agreement;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policies of a service: every {@link PolicyDefinition} bean of it. */
@Configuration(proxyBeanMethods = false)
@Import({GateConfiguration.class, PolicyController.class})
public class PolicySupportConfiguration {

  @Bean
  JdbcPolicyRepository policyRepository(JdbcClient jdbc) {
    return new JdbcPolicyRepository(jdbc);
  }

  @Bean
  TermsGate termsGate(Gates gates, ObjectProvider<BoundAccounts> bound) {
    return new TermsGate(gates, bound.getIfAvailable(() -> product -> true));
  }

  @Bean
  Policies policies(
      ObjectProvider<PolicyDefinition<?>> definitions, JdbcPolicyRepository repository) {
    return new Policies(definitions.stream().toList(), repository::rows);
  }
}
