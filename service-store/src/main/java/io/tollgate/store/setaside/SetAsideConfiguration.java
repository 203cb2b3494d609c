package io.tollgate.store.setaside;

import io.micrometer.core.instrument.Tags;
import io.tollgate.store.consumer.AccountParking;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.observability.SupportMetrics;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.sweep.Sweep;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sets aside work that fails because of one account's data, for a service with a database. */
@Configuration(proxyBeanMethods = false)
public class SetAsideConfiguration {

  private static final long PERIOD_SECONDS = 5;

  @Bean
  SetAside setAside(JdbcClient jdbc, Transactions transactions, BusinessClock clock) {
    return new SetAside(jdbc, transactions, clock);
  }

  @Bean
  Isolation isolation(SetAside setAside) {
    return new Isolation(setAside);
  }

  @Bean
  SetAsideController setAsideController(
      JdbcClient jdbc, SetAside setAside, AccountParking parking) {
    return new SetAsideController(new SetAsideList(jdbc), setAside, parking);
  }

  @Bean
  Sweep parkedAccountsSweep(AccountParking parking) {
    return new ParkedAccountsSweep(parking);
  }

  /** Another version of the program may do what the last one could not. */
  @Bean
  ApplicationRunner tryAgainAtStart(SetAside setAside) {
    return arguments -> {
      var unused = setAside.tryAgain(Optional.empty(), Optional.empty());
    };
  }

  /** A gauge of each work of which something is or was set aside. */
  @Bean
  SupportMetrics.Reading setAsideWorkReading(JdbcClient jdbc, ObjectProvider<Sweep> sweeps) {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    return new SupportMetrics.Reading(
        "set-aside-work",
        PERIOD_SECONDS,
        display -> {
          sweeps.forEach(sweep -> seen.add(sweep.name()));
          Map<String, Long> counts = new HashMap<>();
          jdbc.sql("select work, count(*) from set_aside group by work")
              .query(
                  row -> {
                    counts.put(row.getString(1), row.getLong(2));
                  });
          seen.addAll(counts.keySet());
          seen.forEach(
              work ->
                  display.show(
                      "tollgate_set_aside",
                      "Work set aside because of one account's data",
                      Tags.of("work", work),
                      counts.getOrDefault(work, 0L)));
        });
  }
}
