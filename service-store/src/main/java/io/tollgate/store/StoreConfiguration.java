package io.tollgate.store;

import io.tollgate.store.consumer.ConsumerConfiguration;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.store.jdbc.JdbcConfiguration;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.OutboxConfiguration;
import io.tollgate.store.recovery.RecoveryConfiguration;
import io.tollgate.store.setaside.SetAsideConfiguration;
import io.tollgate.support.time.ClockStore;
import io.tollgate.support.time.sweep.SweepConfiguration;
import io.tollgate.support.wiring.KafkaSupportConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a service with Kafka and a database needs: {@link KafkaSupportConfiguration}, the
 * stored clock, transactions, outbox, positioned consumers, sweeps, and the work due after a
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
  RecoveryConfiguration.class
})
public class StoreConfiguration {

  @Bean
  ClockStore clockStore(JdbcClient jdbc) {
    return new JdbcClockStore(jdbc);
  }

  @Bean
  IdempotencyKeys idempotencyKeys(Transactions transactions, JdbcClient jdbc, JsonMapper mapper) {
    return new IdempotencyKeys(transactions, jdbc, mapper);
  }
}
