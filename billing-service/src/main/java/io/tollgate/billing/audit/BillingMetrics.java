package io.tollgate.billing.audit;

import io.micrometer.core.instrument.Tags;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.observability.SupportMetrics;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of money and cycles; their names are API. */
@Configuration(proxyBeanMethods = false)
class BillingMetrics {
  private static final long PERIOD_SECONDS = 15;

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
  SupportMetrics.Reading owedReading(JdbcClient jdbc) {
    return unpaid(jdbc, "owed", "tollgate_owed", "Unpaid principal", SubAccount.PRINCIPAL);
  }

  @Bean
  SupportMetrics.Reading penaltyReading(JdbcClient jdbc) {
    return unpaid(jdbc, "penalties", "tollgate_penalty_owed", "Unpaid penalty", SubAccount.PENALTY);
  }

  @Bean
  SupportMetrics.Reading cycleReading(JdbcClient jdbc) {
    return new SupportMetrics.Reading(
        "cycles",
        PERIOD_SECONDS,
        display -> {
          display.show(
              "tollgate_usage_streams_stopped",
              "Usage streams whose revisions and markers do not match",
              Tags.empty(),
              count(jdbc, "select count(*) from usage_marker where stopped is not null"));
        });
  }

  /**
   * Once a window of usage is over, metering closes it on every partition within minutes; what is
   * not closed is not billed. Partitions that never closed one are not waited for.
   */
  @Bean
  SupportMetrics.Reading usageOverdueReading(
      JdbcClient jdbc, KafkaSettings kafka, BillingCalendar calendar, BusinessClock clock) {
    return new SupportMetrics.Reading(
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
                          "Seconds since the end of the oldest usage window that is not closed",
                          Tags.of("granularity", granularity.name()),
                          Math.max(0, Duration.between(end, clock.now()).toMillis() / 1_000.0));
                    }));
  }

  /** A version that replaces the one without the price has been looked at. */
  @Bean
  SupportMetrics.Reading unpricedMeterReading(JdbcClient jdbc) {
    return new SupportMetrics.Reading(
        "unpriced-meters",
        PERIOD_SECONDS,
        display ->
            display.show(
                "tollgate_unpriced_meters",
                "Meters in use that their product's newest price does not name",
                Tags.empty(),
                count(
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

  private static double count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private static SupportMetrics.Reading unpaid(
      JdbcClient jdbc, String name, String gauge, String description, SubAccount part) {
    return new SupportMetrics.Reading(
        name,
        PERIOD_SECONDS,
        display ->
            jdbc.sql(UNPAID)
                .param("part", part.name())
                .query(
                    row -> {
                      display.show(
                          gauge,
                          description,
                          Tags.of("currency", row.getString(1)),
                          row.getDouble(2));
                    }));
  }
}
