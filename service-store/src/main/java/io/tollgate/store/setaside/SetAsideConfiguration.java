package io.tollgate.store.setaside;

import io.micrometer.core.instrument.Tags;
import io.tollgate.store.consumer.AccountParking;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.sweep.Sweep;
import java.sql.Timestamp;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sets aside work that fails because of one account's data, for a service with a database. */
@Configuration(proxyBeanMethods = false)
public class SetAsideConfiguration {

  private static final long PERIOD_SECONDS = 5;

  private static final String BY_WORK =
      """
      select w.work, count(s.work) as items,
             count(distinct s.account_id) filter (where s.account_id <> '') as accounts,
             coalesce(extract(epoch from cast(:now as timestamptz) - min(s.since)), 0) as age
        from (select unnest(:works::text[]) union select work from set_aside) as w (work)
        left join set_aside s on s.work = w.work
       group by w.work
      """;

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

  /** Each sweep has its gauges, also while nothing of it is set aside. */
  @Bean
  Reading setAsideWorkReading(JdbcClient jdbc, ObjectProvider<Sweep> sweeps, BusinessClock clock) {
    return new Reading(
        "set-aside",
        PERIOD_SECONDS,
        display ->
            jdbc.sql(BY_WORK)
                .param("works", sweeps.stream().map(Sweep::name).toArray(String[]::new))
                .param("now", Timestamp.from(clock.now()))
                .query(
                    row -> {
                      Tags tags = Tags.of("work", row.getString("work"));
                      display.show(
                          "tollgate_set_aside",
                          "Work set aside because of one account's data",
                          tags,
                          row.getDouble("items"));
                      display.show(
                          "tollgate_set_aside_accounts",
                          "Accounts of which work is set aside",
                          tags,
                          row.getDouble("accounts"));
                      display.show(
                          "tollgate_set_aside_age_seconds",
                          "How long ago the oldest such work was set aside; 0 without any",
                          tags,
                          row.getDouble("age"));
                    }));
  }
}
