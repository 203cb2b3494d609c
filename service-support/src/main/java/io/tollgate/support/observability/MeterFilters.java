package io.tollgate.support.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is shown of the metrics that the libraries keep, and how. */
@Configuration(proxyBeanMethods = false)
class MeterFilters {

  private static final String HTTP_REQUESTS = "http.server.requests";

  /** Of the hundreds that a Kafka client has, those that help to find a fault. */
  private static final Set<String> OF_KAFKA =
      Set.of(
          "kafka.consumer.connection.count",
          "kafka.consumer.coordinator.failed.rebalance.total",
          "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.fetch.latency.avg",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.last.poll.seconds.ago",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.buffer.total.bytes",
          "kafka.producer.connection.count",
          "kafka.producer.record.error.total",
          "kafka.producer.record.queue.time.max",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.request.latency.max",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.commit.total",
          "kafka.stream.thread.poll.latency.max",
          "kafka.stream.thread.process.latency.max",
          "kafka.stream.thread.process.total",
          "kafka.stream.thread.task.closed.total");

  /** Meters whose library says nothing of them. */
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          HTTP_REQUESTS,
          "Requests answered, by route",
          HTTP_REQUESTS + ".active",
          "Requests in progress");

  @Bean
  MeterFilter kafkaMeterFilter() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith("kafka.") && !OF_KAFKA.contains(id.getName())
            ? MeterFilterReply.DENY
            : MeterFilterReply.NEUTRAL;
      }
    };
  }

  @Bean
  MeterFilter httpBucketFilter() {
    return new MeterFilter() {
      @Override
      public @Nullable DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(HTTP_REQUESTS)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(Histograms.requestLimitsNanos())
                .build()
                .merge(config)
            : config;
      }
    };
  }

  @Bean
  MeterFilter descriptionFilter() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        String description = DESCRIPTIONS.get(id.getName());
        return description == null || id.getDescription() != null
            ? id
            : new Meter.Id(
                id.getName(),
                Tags.of(id.getTagsAsIterable()),
                id.getBaseUnit(),
                description,
                id.getType());
      }
    };
  }
}
