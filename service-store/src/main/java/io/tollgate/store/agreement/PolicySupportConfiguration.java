package io.tollgate.store.agreement;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The policies of a service: those of all its {@link PolicyDefinitions} beans. */
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
  Policies policies(ObjectProvider<PolicyDefinitions> features, JdbcPolicyRepository repository) {
    return new Policies(
        features.stream().flatMap(feature -> feature.all().stream()).toList(), repository::rows);
  }
}
