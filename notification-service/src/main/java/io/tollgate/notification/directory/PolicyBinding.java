package io.tollgate.notification.directory;

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
        jdbc,
        "select from account where opened_at is not null",
        "select from account_instance where product_id = :product");
  }
}
