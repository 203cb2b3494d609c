package io.tollgate.store.consumer;

import io.micrometer.core.instrument.Tags;
import io.tollgate.support.observability.SupportMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of consumers, parked accounts and dead letters. */
@Configuration(proxyBeanMethods = false)
class ConsumerMetricsConfiguration {

  private static final long PERIOD_SECONDS = 5;

  @Bean
  SupportMetrics.Reading setAsideReading(JdbcClient jdbc) {
    return new SupportMetrics.Reading(
        "set-aside",
        PERIOD_SECONDS,
        display -> {
          display.show(
              "tollgate_parked_accounts",
              "Parked accounts",
              Tags.empty(),
              count(jdbc, "select count(*) from parked_account"));
          display.show(
              "tollgate_parked_records",
              "Records kept for parked accounts",
              Tags.empty(),
              count(jdbc, "select count(*) from parked_record"));
          display.show(
              "tollgate_dead_letters",
              "Dead letters neither replayed nor discarded",
              Tags.empty(),
              count(
                  jdbc,
                  "select count(*) from dead_letter where replayed_at is null and discarded_at is"
                      + " null"));
        });
  }

  @Bean
  SupportMetrics.Reading consumerLagReading(PositionedConsumers consumers) {
    return new SupportMetrics.Reading(
        "consumers",
        PERIOD_SECONDS,
        display ->
            consumers
                .lags()
                .forEach(
                    (consumer, lag) ->
                        display.show(
                            "tollgate_consumer_lag",
                            "Offsets not yet read",
                            Tags.of("consumer", consumer),
                            lag)));
  }

  private static double count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
