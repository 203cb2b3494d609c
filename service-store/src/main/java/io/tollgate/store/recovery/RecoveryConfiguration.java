package io.tollgate.store.recovery;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.sweep.Sweep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a service does automatically after a restore. */
@Configuration(proxyBeanMethods = false)
public class RecoveryConfiguration {

  @Bean
  Sweep republishSweep(
      Transactions transactions, JdbcClient jdbc, ObjectProvider<StatePublisher> publishers) {
    return new RepublishSweep(transactions, jdbc, publishers.orderedStream().toList());
  }
}
