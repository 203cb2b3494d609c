package io.tollgate.metering.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.metering.meter.PricedProducts;
import io.tollgate.model.BillingCalendar;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The running topology. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

  private static final Duration BELIEVED_AHEAD = Duration.ofMinutes(5);

  @Bean
  MeterDirectory meterDirectory() {
    return new MeterDirectory();
  }

  @Bean
  PricedProducts pricedProducts() {
    return new PricedProducts();
  }

  @Bean
  TaskState taskState(MeterRegistry meters) {
    return new TaskState(new CountingMeters(meters));
  }

  @Bean
  TopicSpec correctionsTopic() {
    return TopicSpec.appended(CorrectionOutcome.TOPIC);
  }

  @Bean
  RocksMemory rocksMemory(MeteringSettings settings) {
    return new RocksMemory(settings.rocksMemory().toBytes());
  }

  @Bean
  StreamsRunner streamsRunner(
      MeteringSettings settings,
      KafkaSettings kafka,
      KafkaClients clients,
      ServiceIdentity identity,
      BillingCalendar calendar,
      BusinessClock clock,
      MeterDirectory meters,
      PricedProducts products,
      TaskState state,
      RocksMemory memory) {
    UsageProcessor.Setup setup =
        new UsageProcessor.Setup(
            settings,
            calendar,
            meters,
            products,
            state,
            identity.source(),
            kafka.partitions(),
            new AtomicLong(),
            plausible(clock));
    return new StreamsRunner(
        new MeteringTopology(setup, memory, clock.mode() == ClockMode.TEST).build(),
        StreamsSettings.of(settings, kafka, clients, memory),
        clients.meters(),
        identity.named("streams-watchdog"));
  }

  private static Predicate<Instant> plausible(BusinessClock clock) {
    return switch (clock.mode()) {
      case TEST -> tick -> true;
      case SYSTEM -> tick -> !tick.isAfter(clock.now().plus(BELIEVED_AHEAD));
    };
  }

  /** Not ready while the streams are down. */
  @Bean
  HealthIndicator streamsHealthIndicator(StreamsRunner streams) {
    return () -> (streams.isHealthy() ? Health.up() : Health.down()).build();
  }
}
