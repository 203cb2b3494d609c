package io.tollgate.store.consumer;

import io.micrometer.core.instrument.Tags;
import io.tollgate.store.jdbc.Counts;
import io.tollgate.support.observability.ConsumerLag;
import io.tollgate.support.observability.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of consumers, parked accounts and dead letters. */
@Configuration(proxyBeanMethods = false)
class ConsumerMetricsConfiguration {

  private static final long PERIOD_SECONDS = 5;

  @Bean
  Reading parkedReading(JdbcClient jdbc, ObjectProvider<PositionedHandler<?>> handlers) {
    List<String> consumers = handlers.orderedStream().map(PositionedHandler::name).toList();
    return new Reading(
        "parked",
        PERIOD_SECONDS,
        display -> {
          show(
              display,
              "tollgate_parked_accounts",
              "Parked accounts",
              "consumer",
              consumers,
              Counts.by(jdbc, "select consumer, count(*) from parked_account group by consumer"));
          show(
              display,
              "tollgate_parked_records",
              "Records kept for parked accounts",
              "consumer",
              consumers,
              Counts.by(jdbc, "select consumer, count(*) from parked_record group by consumer"));
        });
  }

  @Bean
  Reading deadLetterReading(JdbcClient jdbc, ObjectProvider<PositionedHandler<?>> handlers) {
    List<String> topics =
        handlers.orderedStream().flatMap(each -> each.topics().stream()).distinct().toList();
    return new Reading(
        "dead-letters",
        PERIOD_SECONDS,
        display ->
            show(
                display,
                "tollgate_dead_letters",
                "Dead letters neither replayed nor discarded",
                "topic",
                topics,
                Counts.by(
                    jdbc,
                    """
                    select topic, count(*) from dead_letter
                     where replayed_at is null and discarded_at is null
                     group by topic
                    """)));
  }

  /** Also where nothing is: a series that is missing alerts nobody. */
  private static void show(
      Reading.Display display,
      String gauge,
      String description,
      String label,
      Collection<String> known,
      Map<String, Long> counts) {
    known.forEach(value -> counts.putIfAbsent(value, 0L));
    counts.forEach(
        (value, count) -> display.show(gauge, description, Tags.of(label, value), count));
  }

  @Bean
  Reading consumerLagReading(PositionedConsumers consumers) {
    return new Reading(
        "consumer-lag",
        ConsumerLag.PERIOD_SECONDS,
        display ->
            consumers.lags().forEach((consumer, lag) -> ConsumerLag.show(display, consumer, lag)));
  }
}
