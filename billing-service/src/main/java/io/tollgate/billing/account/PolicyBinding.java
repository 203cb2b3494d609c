package io.tollgate.billing.account;

import io.tollgate.store.agreement.BoundAccounts;
import io.tollgate.store.agreement.SqlBoundAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the policies whether any account is bound by them yet (C3.2.10). */
@Configuration(proxyBeanMethods = false)
class PolicyBinding {

  @Bean
  BoundAccounts boundAccounts(JdbcClient jdbc) {
    return new SqlBoundAccounts(
        jdbc, "select from account", "select from instance where product_id = :product");
  }
}
