package io.tollgate.support;

import io.tollgate.support.clock.ClockStore;
import io.tollgate.support.clock.JdbcClockStore;
import io.tollgate.support.consumer.ConsumerConfiguration;
import io.tollgate.support.jdbc.JdbcConfiguration;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.metrics.DatabaseMetricsConfiguration;
import io.tollgate.support.outbox.OutboxConfiguration;
import io.tollgate.support.recovery.RecoveryConfiguration;
import io.tollgate.support.setaside.SetAsideConfiguration;
import io.tollgate.support.sweep.SweepConfiguration;
import io.tollgate.support.web.IdempotencyKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service with Kafka and a database needs: all of {@link KafkaSupportConfiguration}, the
 * stored clock, transactions, outbox, positioned consumers, sweeps, and what is due after a
 * restore. The service's Flyway locations include {@code classpath:db/support}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  KafkaSupportConfiguration.class,
  JdbcConfiguration.class,
  OutboxConfiguration.class,
  ConsumerConfiguration.class,
  SetAsideConfiguration.class,
  SweepConfiguration.class,
  RecoveryConfiguration.class,
  DatabaseMetricsConfiguration.class
})
public class JdbcSupportConfiguration {

  @Bean
  ClockStore clockStore(JdbcClient jdbc) {
    return new JdbcClockStore(jdbc);
  }

  @Bean
  IdempotencyKeys idempotencyKeys(Transactions transactions, JdbcClient jdbc, JsonMapper mapper) {
    return new IdempotencyKeys(transactions, jdbc, mapper);
  }
}
