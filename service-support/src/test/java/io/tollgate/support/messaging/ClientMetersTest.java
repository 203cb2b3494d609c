package io.tollgate.support.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** What is shown of a client's metrics. */
class ClientMetersTest {

  private static final String LAG = "kafka.consumer.fetch.manager.records.lag.max";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** The lag of a consumer vanished a minute after it had partitions. */
  @Test
  void theMetricsOfPartitionsDoNotHideThoseOfTheirConsumer() {
    Map<MetricName, Metric> metrics =
        Map.of(
            lag(Map.of("client-id", "reader")), number(),
            lag(Map.of("client-id", "reader", "topic", "usage", "partition", "0")), number());
    try (MockConsumer<String, String> consumer =
            new MockConsumer<>("earliest") {
              @Override
              public synchronized Map<MetricName, ? extends Metric> metrics() {
                return metrics;
              }
            };
        ClientMeters shown = ClientMeters.in(meters)) {
      shown.opened(consumer);

      assertThat(meters.find(LAG).gauges())
          .singleElement()
          .satisfies(gauge -> assertThat(gauge.getId().getTag("topic")).isNull());

      shown.closed(consumer);
      assertThat(meters.find(LAG).gauges()).isEmpty();
    }
  }

  private static MetricName lag(Map<String, String> tags) {
    return new MetricName("records-lag-max", "consumer-fetch-manager-metrics", "", tags);
  }

  private static Metric number() {
    return new Metric() {
      @Override
      public MetricName metricName() {
        return lag(Map.of());
      }

      @Override
      public Object metricValue() {
        return 1.0;
      }
    };
  }
}
