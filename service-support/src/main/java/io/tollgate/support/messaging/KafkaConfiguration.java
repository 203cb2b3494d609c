package io.tollgate.support.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.observability.Reachability;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.web.FailureMeaning;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Client settings and topics: the deployment's, and {@link TopicSpec} beans of the service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaConfiguration {

  @Bean
  ClientMeters clientMeters(MeterRegistry meters) {
    return ClientMeters.in(meters);
  }

  @Bean
  KafkaClients kafkaClients(KafkaSettings settings, ServiceIdentity identity, ClientMeters meters) {
    return new KafkaClients(settings, identity, meters);
  }

  @Bean
  KeyPartitions keyPartitions(KafkaSettings settings) {
    return new KeyPartitions(settings.partitions());
  }

  @Bean
  FailureMeaning brokerProblems() {
    return new BrokerProblems();
  }

  @Bean
  BrokerProbe brokerProbe(KafkaClients clients) {
    return new BrokerProbe(clients);
  }

  @Bean
  Reachability brokerReachability(MeterRegistry meters, BrokerProbe probe) {
    return new Reachability(meters, "tollgate_broker_up", "broker", probe);
  }

  @Bean
  KafkaTopics kafkaTopics(
      KafkaClients clients,
      KafkaSettings settings,
      BusinessClock clock,
      ObjectProvider<TopicSpec> own) {
    List<TopicSpec> specs = new ArrayList<>(deployment());
    specs.addAll(own.orderedStream().toList());
    return new KafkaTopics(clients, settings, clock.mode() == ClockMode.TEST, specs);
  }

  /** Every topic of the deployment with its dead letters: any service may be the first to start. */
  private static List<TopicSpec> deployment() {
    List<TopicSpec> specs = new ArrayList<>();
    Topics.COMPACTED.forEach(topic -> specs.add(TopicSpec.compacted(topic)));
    Topics.APPENDED.forEach(topic -> specs.add(TopicSpec.appended(topic)));
    List.copyOf(specs)
        .forEach(spec -> specs.add(TopicSpec.appended(Topics.deadLetter(spec.name()))));
    return specs;
  }
}
