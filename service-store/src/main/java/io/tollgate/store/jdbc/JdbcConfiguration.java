package io.tollgate.store.jdbc;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.failure.InfrastructureFailures;
import io.tollgate.support.observability.Reachability;
import io.tollgate.support.web.FailureMeaning;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Transactions and COPY on the service's database, and what its failures mean. */
@Configuration(proxyBeanMethods = false)
public class JdbcConfiguration {

  @Bean
  Transactions transactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    return new Transactions(manager, jdbc);
  }

  @Bean
  CopyWriter copyWriter(DataSource dataSource) {
    return new CopyWriter(dataSource);
  }

  @Bean
  DatabaseProbe databaseProbe(JdbcConnectionDetails details) {
    return new DatabaseProbe(details);
  }

  @Bean
  Reachability databaseReachability(MeterRegistry meters, DatabaseProbe probe) {
    return new Reachability(meters, "tollgate_database_up", "database", probe);
  }

  @Bean
  InfrastructureFailures databaseFailures() {
    return Failures::ofInfrastructure;
  }

  @Bean
  FailureMeaning databaseProblems() {
    return new DatabaseProblems();
  }
}
