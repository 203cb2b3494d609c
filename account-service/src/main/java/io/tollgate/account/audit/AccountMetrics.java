package io.tollgate.account.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of accounts, instances and commands; their names are API. */
@Configuration(proxyBeanMethods = false)
class AccountMetrics {

  private static final long PERIOD_SECONDS = 15;

  @Bean
  Reading accountReading(JdbcClient jdbc) {
    return byState(
        jdbc,
        "accounts",
        "tollgate_accounts",
        "Accounts by state",
        """
        select s.state, count(a.account) from unnest(:states::text[]) as s(state)
          left join account a
            on s.state = case when a.debt_due_at is null then 'CLEAR' else 'IN_ARREARS' end
         group by s.state
        """,
        "state",
        "CLEAR",
        "IN_ARREARS");
  }

  @Bean
  Reading instanceReading(JdbcClient jdbc) {
    return byState(
        jdbc,
        "instances",
        "tollgate_instances",
        "Service instances by state",
        """
        select s.state, count(i.instance)
          from unnest(:states::text[]) as s(state)
          left join instance i on i.state = s.state
         group by s.state
        """,
        "state",
        names(InstanceState.values()));
  }

  @Bean
  Reading commandReading(JdbcClient jdbc) {
    return byState(
        jdbc,
        "commands",
        "tollgate_commands_pending",
        "Commands no platform has acknowledged, by kind",
        """
        select k.kind, count(c.command)
          from unnest(:states::text[]) as k(kind)
          left join command c on c.kind = k.kind and c.state = 'PENDING'
         group by k.kind
        """,
        "kind",
        names(CommandKind.values()));
  }

  /** A platform that is silent shows here, however few its commands are. */
  @Bean
  Reading oldestCommandReading(JdbcClient jdbc, BusinessClock clock) {
    return new Reading(
        "oldest-command",
        PERIOD_SECONDS,
        display ->
            jdbc.sql(
                    """
                    select coalesce(extract(epoch from cast(:now as timestamptz) - min(wanted_at)), 0)
                      from command where state = 'PENDING'
                    """)
                .param("now", Timestamp.from(clock.now()))
                .query(
                    row -> {
                      display.show(
                          "tollgate_commands_age_seconds",
                          "Age of the oldest command no platform has acknowledged; 0 without any",
                          Tags.empty(),
                          row.getDouble(1));
                    }));
  }

  /** Suspensions, releases and warnings are taken up to there, and wait beyond it. */
  @Bean
  Reading billingWatermarkReading(JdbcClient jdbc, BusinessClock clock) {
    return new Reading(
        "billing-watermark",
        PERIOD_SECONDS,
        display ->
            jdbc.sql("select min(complete_to) from billing_watermark having count(*) > 0")
                .query(
                    row -> {
                      Instant completeTo = row.getTimestamp(1).toInstant();
                      display.show(
                          "tollgate_billing_watermark_lag_seconds",
                          "How far billing's latest watermark is behind the clock",
                          Tags.empty(),
                          Duration.between(completeTo, clock.now()).toMillis() / 1_000.0);
                    }));
  }

  private static String[] names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
  }

  /** One gauge per state, also for those that nothing is in: a missing series alerts nobody. */
  private static Reading byState(
      JdbcClient jdbc,
      String name,
      String gauge,
      String description,
      String sql,
      String label,
      String... states) {
    return new Reading(
        name,
        PERIOD_SECONDS,
        display ->
            jdbc.sql(sql)
                .param("states", states)
                .query(
                    row -> {
                      display.show(
                          gauge, description, Tags.of(label, row.getString(1)), row.getDouble(2));
                    }));
  }
}
