package io.tollgate.billing.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.billing.journal.MoneyMeters;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Granularity;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Counts;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of money and cycles; their names are API. */
@Configuration(proxyBeanMethods = false)
class BillingMetrics {
  private static final long PERIOD_SECONDS = 15;

  /** At the end of a month every account has a cycle to be billed. */
  private static final long BACKLOG_PERIOD_SECONDS = 30;

  private static final String UNBILLED =
      """
      select count(*) as cycles,
             coalesce(extract(epoch from cast(:now as timestamptz) - min(w.tick)), 0) as age
        from billing_cycle c
       cross join lateral (
               select tick from usage_watermark w
                where w.output_partition = c.output_partition and w.granularity = c.granularity
                  and w.closed_up_to >= c.cycle_end
                order by w.closed_up_to limit 1) w
       where not c.billed and c.cycle_end <= :now and w.tick <= :now
      """;

  /** Up to when usage is closed on all partitions; each is one look at the end of an index. */
  private static final String CLOSED_UP_TO =
      """
      select granularity, min(newest.closed_up_to) as closed_up_to
        from unnest(array['HOUR', 'DAY']) as g(granularity),
             generate_series(0, :partitions - 1) as p(number),
             lateral (select max(w.closed_up_to) as closed_up_to from usage_watermark w
                       where w.output_partition = p.number and w.granularity = g.granularity) newest
       group by granularity
      having min(newest.closed_up_to) is not null
      """;

  private static final String UNPAID =
      """
      select a.currency, coalesce(-sum(p.amount), 0)
        from account a
        left join open_pot p on p.account_id = a.account_id and p.sub_account = :part
       group by a.currency
      """;

  @Bean
  Reading owedReading(JdbcClient jdbc, MoneyMeters money) {
    return unpaid(jdbc, money, "owed", "tollgate_owed", "Unpaid principal", SubAccount.PRINCIPAL);
  }

  @Bean
  Reading penaltyReading(JdbcClient jdbc, MoneyMeters money) {
    return unpaid(
        jdbc, money, "penalties", "tollgate_penalty_owed", "Unpaid penalty", SubAccount.PENALTY);
  }

  /** Complete and not billed, those included that are set aside. */
  @Bean
  Reading unbilledReading(JdbcClient jdbc, BusinessClock clock) {
    return new Reading(
        "unbilled",
        BACKLOG_PERIOD_SECONDS,
        display ->
            jdbc.sql(UNBILLED)
                .param("now", Timestamp.from(clock.now()))
                .query(
                    row -> {
                      display.show(
                          "tollgate_unbilled_cycles",
                          "Cycles whose usage is complete and that are not billed",
                          Tags.empty(),
                          row.getDouble("cycles"));
                      display.show(
                          "tollgate_unbilled_age_seconds",
                          "How long ago the oldest such cycle was complete; 0 without any",
                          Tags.empty(),
                          row.getDouble("age"));
                    }));
  }

  @Bean
  Reading cycleReading(JdbcClient jdbc) {
    return new Reading(
        "cycles",
        PERIOD_SECONDS,
        display -> {
          display.show(
              "tollgate_usage_streams_stopped",
              "Usage streams whose revisions and markers do not match",
              Tags.empty(),
              Counts.of(jdbc, "select count(*) from usage_marker where stopped is not null"));
        });
  }

  /**
   * Once a window of usage is over, metering closes it on every partition within minutes; what is
   * not closed is not billed. Partitions that never closed one are not waited for.
   */
  @Bean
  Reading usageOverdueReading(
      JdbcClient jdbc, KafkaSettings kafka, BillingCalendar calendar, BusinessClock clock) {
    return new Reading(
        "usage-overdue",
        PERIOD_SECONDS,
        display ->
            jdbc.sql(CLOSED_UP_TO)
                .param("partitions", kafka.partitions())
                .query(
                    row -> {
                      Granularity granularity = Granularity.valueOf(row.getString("granularity"));
                      Instant end =
                          calendar
                              .windowOf(granularity, Columns.instant(row, "closed_up_to"))
                              .end();
                      display.show(
                          "tollgate_usage_overdue_seconds",
                          "Time since the end of the oldest usage window that is not closed",
                          Tags.of("granularity", granularity.name()),
                          Math.max(0, Duration.between(end, clock.now()).toMillis() / 1_000.0));
                    }));
  }

  /** A version that replaces the one without the price has been looked at. */
  @Bean
  Reading unpricedMeterReading(JdbcClient jdbc) {
    return new Reading(
        "unpriced-meters",
        PERIOD_SECONDS,
        display ->
            display.show(
                "tollgate_unpriced_meters",
                "Meters in use that their product's newest price does not name",
                Tags.empty(),
                Counts.of(
                    jdbc,
                    """
                    select count(*) from unpriced_meter u
                     where u.version >= (select max(v.version) from price_version v
                                          where v.product_id = u.product_id
                                            and not exists (
                                                select 1 from price_withdrawal w
                                                 where w.product_id = v.product_id
                                                   and w.version = v.version))
                    """)));
  }

  private static Reading unpaid(
      JdbcClient jdbc,
      MoneyMeters money,
      String name,
      String gauge,
      String description,
      SubAccount part) {
    return new Reading(
        name,
        PERIOD_SECONDS,
        display ->
            jdbc.sql(UNPAID)
                .param("part", part.name())
                .query(
                    row -> {
                      String currency = row.getString(1);
                      money.know(CurrencyCode.of(currency));
                      display.show(
                          gauge, description, Tags.of("currency", currency), row.getDouble(2));
                    }));
  }
}
