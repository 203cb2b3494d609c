package io.tollgate.metering.tick;

import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.topology.TaskState;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.observability.ConsumerLag;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockStore;
import io.tollgate.support.time.SettleCheck;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Business time: its storage, its ticks in the log, and the settle check of the test clock. */
@Configuration(proxyBeanMethods = false)
class TickConfiguration {

  @Bean
  TickSchedule tickSchedule(BillingCalendar calendar, MeteringSettings settings) {
    return new TickSchedule(calendar, settings.grace());
  }

  @Bean
  TickWriter tickWriter(KafkaClients clients, KafkaSettings kafka) {
    return new TickWriter(clients, kafka.partitions());
  }

  @Bean
  ClockStore clockStore(
      KafkaClients clients,
      KafkaSettings kafka,
      TickSchedule schedule,
      ObjectProvider<TickWriter> ticks) {
    return new KafkaClock(clients, kafka, schedule, ticks::getObject);
  }

  @Bean
  Ticker ticker(
      BusinessClock clock, TickSchedule schedule, TickWriter writer, ServiceIdentity identity) {
    return new Ticker(clock, schedule, writer, identity.named("ticker"));
  }

  @Bean
  StreamsSettleCheck streamsSettleCheck(
      KafkaClients clients, MeteringSettings settings, KafkaSettings kafka) {
    return new StreamsSettleCheck(clients, settings.generation(), kafka.partitions());
  }

  @Bean
  Reading consumerLagReading(StreamsSettleCheck streams) {
    return new Reading(
        "consumer-lag",
        ConsumerLag.PERIOD_SECONDS,
        display -> {
          ConsumerLag.show(display, "usage", streams.lag(Topics.USAGE_EVENTS));
          ConsumerLag.show(display, "registrations", streams.lag(Topics.ACCOUNT_INSTANCES));
        });
  }

  @Bean
  SettleCheck dirtySettleCheck(TaskState state, Ticker ticker, BusinessClock clock) {
    return new DirtySettleCheck(state, ticker, clock);
  }
}
