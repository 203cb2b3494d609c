package io.tollgate.store.recovery;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.sweep.Sweep;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a service does by itself after a restore. */
@Configuration(proxyBeanMethods = false)
public class RecoveryConfiguration {

  @Bean
  Sweep tellAgainSweep(
      Transactions transactions, JdbcClient jdbc, ObjectProvider<StateTeller> tellers) {
    return new TellAgainSweep(transactions, jdbc, tellers.orderedStream().toList());
  }
}
