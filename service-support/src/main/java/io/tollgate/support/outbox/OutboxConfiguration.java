package io.tollgate.support.outbox;

import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.audit.Invariant;
import io.tollgate.support.clock.SettleCheck;
import io.tollgate.support.jdbc.CopyWriter;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.kafka.KafkaClients;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox and its relay. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

  @Bean
  OutboxRelay outboxRelay(DataSource dataSource, KafkaClients clients) {
    return new OutboxRelay(dataSource, clients);
  }

  @Bean
  Outbox outbox(
      JdbcClient jdbc,
      Transactions transactions,
      CopyWriter copy,
      ServiceIdentity identity,
      OutboxRelay relay) {
    new OutboxEpoch(transactions, jdbc).ensure();
    return new JdbcOutbox(jdbc, copy, identity.source(), relay::wake);
  }

  @Bean
  Invariant outboxInvariant(JdbcClient jdbc) {
    return OutboxInvariant.of(jdbc);
  }

  @Bean
  SettleCheck outboxSettleCheck(JdbcClient jdbc) {
    return new OutboxSettleCheck(jdbc);
  }
}
