package io.tollgate.store.agreement;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gates of a service with a database. */
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

  @Bean
  Gates gates(JdbcClient jdbc) {
    return new Gates(jdbc);
  }
}
