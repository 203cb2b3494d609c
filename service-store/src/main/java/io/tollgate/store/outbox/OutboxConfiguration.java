package io.tollgate.store.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.observability.Invariant;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.SettleCheck;
import io.tollgate.support.tracing.Traces;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox and its relay. */
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

  private static final long PERIOD_SECONDS = 5;

  @Bean
  OutboxRelay outboxRelay(DataSource dataSource, KafkaClients clients, MeterRegistry meters) {
    return new OutboxRelay(dataSource, clients, meters);
  }

  @Bean
  Outbox outbox(
      JdbcClient jdbc,
      Transactions transactions,
      CopyWriter copy,
      ServiceIdentity identity,
      Traces traces,
      OutboxRelay relay) {
    new OutboxEpoch(transactions, jdbc).ensure();
    return new JdbcOutbox(jdbc, copy, identity.source(), traces, relay::wake);
  }

  @Bean
  Invariant outboxInvariant(JdbcClient jdbc) {
    return OutboxInvariant.of(jdbc);
  }

  @Bean
  SettleCheck outboxSettleCheck(JdbcClient jdbc) {
    return new OutboxSettleCheck(jdbc);
  }

  @Bean
  Reading outboxReading(JdbcClient jdbc) {
    return new Reading(
        "outbox",
        PERIOD_SECONDS,
        display ->
            jdbc.sql(
                    """
                    select count(*) as waiting,
                           coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)
                             as age
                      from outbox
                    """)
                .query(
                    rs -> {
                      display.show(
                          "tollgate_outbox_rows",
                          "Rows committed and not yet published",
                          Tags.empty(),
                          rs.getDouble("waiting"));
                      display.show(
                          "tollgate_outbox_age_seconds",
                          "Age of the oldest row not yet published",
                          Tags.empty(),
                          rs.getDouble("age"));
                    }));
  }
}
