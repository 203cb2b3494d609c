package io.tollgate.store.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaTopics;
import io.tollgate.support.observability.Invariant;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.sweep.DataChanges;
import io.tollgate.support.tracing.Traces;
import io.tollgate.support.web.security.Operators;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Creates a positioned consumer for each {@link PositionedHandler} bean, with its parking and dead
 * letters.
 */
@Configuration(proxyBeanMethods = false)
@Import(ConsumerMetricsConfiguration.class)
public class ConsumerConfiguration {

  @Bean
  AppliedSequences appliedSequences(JdbcClient jdbc, MeterRegistry meters) {
    return new JdbcAppliedSequences(jdbc, meters);
  }

  @Bean
  DeadLetterMeters deadLetterMeters(
      MeterRegistry meters, ObjectProvider<PositionedHandler<?>> handlers) {
    return new DeadLetterMeters(
        meters, handlers.orderedStream().flatMap(handler -> handler.topics().stream()).toList());
  }

  @Bean
  DeadLetters deadLetters(
      JdbcClient jdbc,
      Transactions transactions,
      Outbox outbox,
      BusinessClock clock,
      ObjectProvider<AuditTrail> trail,
      DeadLetterMeters meters) {
    return new DeadLetters(
        jdbc,
        transactions,
        outbox,
        clock,
        trail.getIfAvailable(() -> new AuditTrail(jdbc, clock, new Operators())),
        meters);
  }

  @Bean
  BatchProcessors batchProcessors(
      ObjectProvider<PositionedHandler<?>> handlers,
      Transactions transactions,
      JdbcClient jdbc,
      BusinessClock clock,
      DeadLetters deadLetters,
      Traces traces) {
    ParkingStore parking = new ParkingStore(jdbc, clock);
    return BatchProcessors.of(
        handlers.orderedStream().toList(),
        transactions,
        new PositionStore(jdbc),
        parking,
        deadLetters,
        AbandonedRecords.load(jdbc),
        traces);
  }

  @Bean
  AccountParking accountParking(BatchProcessors processors, Transactions transactions) {
    return processors.parking(transactions);
  }

  @Bean
  @ConditionalOnMissingBean
  RetryPauses retryPauses() {
    return RetryPauses.STANDARD;
  }

  @Bean
  PositionedConsumers positionedConsumers(
      BatchProcessors processors,
      KafkaClients clients,
      KafkaTopics topics,
      DataChanges changes,
      RetryPauses pauses) {
    return processors.consumers(clients, topics, changes, pauses);
  }

  @Bean
  ConsumersHealthIndicator consumersHealthIndicator(PositionedConsumers consumers) {
    return new ConsumersHealthIndicator(consumers);
  }

  @Bean
  ParkedAccountController parkedAccountController(AccountParking parking) {
    return new ParkedAccountController(parking);
  }

  @Bean
  DeadLetterController deadLetterController(DeadLetters deadLetters) {
    return new DeadLetterController(deadLetters);
  }

  @Bean
  SequencesController sequencesController(JdbcClient jdbc) {
    return new SequencesController(jdbc);
  }

  @Bean
  Invariant noEventIsMissing(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "no-event-is-missing",
        "No event of another service was skipped",
        "select count(*) from applied_sequence",
        """
        select topic || ' ' || account || ' ' || epoch || '/' || sequence, 1
          from applied_sequence_gap
        """);
  }
}
