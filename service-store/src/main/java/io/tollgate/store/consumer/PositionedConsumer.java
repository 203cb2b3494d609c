package io.tollgate.store.consumer;

import io.tollgate.store.jdbc.Failures;
import io.tollgate.support.failure.Causes;
import io.tollgate.support.messaging.ClientMeters;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.time.sweep.DataChanges;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;

/**
 * Reads topics for one {@link PositionedHandler}, from the position that its database keeps.
 *
 * <p>On assignment it seeks to that position; each batch moves it in the transaction of its effects
 * and only from where this consumer believes it to be. So a paused consumer that wakes too late
 * changes nothing (F14), a restored database goes on from its own position, and what Kafka has
 * committed is for display only.
 */
final class PositionedConsumer<T> {

  private static final Logger log = LoggerFactory.getLogger(PositionedConsumer.class);
  private static final Duration ASSIGNMENT_RETRY = Duration.ofSeconds(1);

  /** How long what is being applied may take after the consumer was stopped. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final PositionedHandler<T> handler;
  private final BatchProcessor<T> processor;
  private final PositionStore positions;
  private final DataChanges changes;
  private final Map<String, String> topicIds = new ConcurrentHashMap<>();
  private final Map<Consumer<?, ?>, Map<TopicPartition, Long>> expected = new ConcurrentHashMap<>();
  private final ConcurrentMessageListenerContainer<String, byte[]> container;

  PositionedConsumer(
      PositionedHandler<T> handler,
      BatchProcessor<T> processor,
      PositionStore positions,
      DataChanges changes,
      KafkaClients clients,
      RetryPauses pauses) {
    this.handler = handler;
    this.processor = processor;
    this.positions = positions;
    this.changes = changes;
    this.container = container(clients, pauses);
  }

  PositionedHandler<T> handler() {
    return handler;
  }

  /**
   * Begins to read.
   *
   * @param ids the ids of the topics as the broker has them
   * @throws IllegalStateException when a stored position belongs to another topic of that name
   */
  void start(Map<String, String> ids) {
    positions
        .topicIds(handler.name())
        .forEach(
            (topic, stored) -> {
              if (ids.containsKey(topic) && !stored.equals(ids.get(topic))) {
                throw new IllegalStateException(
                    "topic %s has id %s, but the positions of %s belong to %s: it was deleted and"
                            .formatted(topic, ids.get(topic), handler.name(), stored)
                        + " created again, or this is a different Kafka cluster");
              }
            });
    topicIds.putAll(ids);
    container.start();
  }

  /**
   * Ends reading.
   *
   * @param stopped runs when nothing is read any more
   */
  void stop(Runnable stopped) {
    container.stop(
        () -> {
          expected.clear();
          stopped.run();
        });
  }

  /** Why it does not read, in words for an operator; empty when it does. */
  Optional<String> defect() {
    if (!container.isRunning() || !container.isInExpectedState()) {
      return Optional.of("consumer " + handler.name() + " has stopped");
    }
    long dead =
        container.getContainers().stream()
            .filter(child -> !child.isRunning() || !child.isInExpectedState())
            .count();
    return dead == 0
        ? Optional.empty()
        : Optional.of(dead + " threads of consumer " + handler.name() + " have died");
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container(
      KafkaClients clients, RetryPauses pauses) {
    Map<String, Object> config = clients.groupConfig(handler.name());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.clamp(handler.maxBatch(), 1, 5_000));
    ContainerProperties properties =
        new ContainerProperties(handler.topics().toArray(String[]::new));
    properties.setMessageListener(
        (BatchConsumerAwareMessageListener<String, byte[]>) this::onBatch);
    properties.setConsumerRebalanceListener(new Assignment());
    properties.setAckMode(ContainerProperties.AckMode.BATCH);
    properties.setSubBatchPerPartition(true);
    properties.setSyncCommits(false);
    properties.setCommitCallback(
        (offsets, failure) -> {
          if (failure != null) {
            log.debug(
                "{}: the lag shown by Kafka is stale: {}", handler.name(), failure.toString());
          }
        });
    properties.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
    properties.setShutdownTimeout(STOP_LIMIT.toMillis());
    properties.setListenerTaskExecutor(
        new SimpleAsyncTaskExecutor(clients.identity().named(handler.name() + "-")));
    var made =
        new ConcurrentMessageListenerContainer<>(factory(config, clients.meters()), properties);
    made.setConcurrency(handler.concurrency());
    made.setCommonErrorHandler(new RetryWithoutEnd(handler.name(), pauses));
    made.setBeanName(clients.identity().named(handler.name()));
    return made;
  }

  private static ConsumerFactory<String, byte[]> factory(
      Map<String, Object> config, ClientMeters meters) {
    DefaultKafkaConsumerFactory<String, byte[]> factory = new DefaultKafkaConsumerFactory<>(config);
    factory.addListener(
        new ConsumerFactory.Listener<>() {
          @Override
          public void consumerAdded(String id, Consumer<String, byte[]> consumer) {
            meters.opened(consumer);
          }

          @Override
          public void consumerRemoved(@Nullable String id, Consumer<String, byte[]> consumer) {
            meters.closed(consumer);
          }
        });
    return factory;
  }

  private void onBatch(
      List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> consumer) {
    if (consumer == null || records.isEmpty()) {
      return;
    }
    ConsumerRecord<String, byte[]> first = records.getFirst();
    TopicPartition partition = new TopicPartition(first.topic(), first.partition());
    Map<TopicPartition, Long> own = expected.getOrDefault(consumer, Map.of());
    Long from = own.get(partition);
    if (from == null) {
      log.warn("{}: {} is no longer assigned, its batch is dropped", handler.name(), partition);
      return;
    }
    List<ConsumerRecord<String, byte[]>> fresh =
        records.stream().filter(record -> record.offset() >= from).toList();
    if (fresh.isEmpty()) {
      return;
    }
    try {
      processor.process(partition, from, fresh);
      own.put(partition, fresh.getLast().offset() + 1);
      changes.signal();
    } catch (BatchProcessor.FencedException e) {
      log.warn("{}; continuing from the stored position", e.getMessage());
      seekToStored(partition, consumer, own);
    }
  }

  private void seekToStored(
      TopicPartition partition, Consumer<?, ?> consumer, Map<TopicPartition, Long> own) {
    long stored = positions.position(handler.name(), partition).orElseThrow();
    own.put(partition, stored);
    if (consumer.assignment().contains(partition)) {
      consumer.seek(partition, stored);
    }
  }

  /**
   * Seeks each newly assigned partition to its stored position; a new partition starts at its
   * beginning.
   */
  private final class Assignment implements ConsumerAwareRebalanceListener {

    @Override
    public void onPartitionsAssigned(
        Consumer<?, ?> consumer, @Nullable Collection<TopicPartition> partitions) {
      if (partitions == null || partitions.isEmpty()) {
        return;
      }
      Map<TopicPartition, Long> stored = storedWhenReachable(consumer, partitions);
      Map<TopicPartition, Long> own =
          expected.computeIfAbsent(consumer, key -> new ConcurrentHashMap<>());
      stored.forEach(
          (partition, offset) -> {
            own.put(partition, offset);
            consumer.seek(partition, offset);
          });
      log.info("{} resumes at {}", handler.name(), new TreeMap<>(byName(stored)));
    }

    @Override
    public void onPartitionsRevokedAfterCommit(
        Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      forget(consumer, partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      forget(consumer, partitions);
    }

    private void forget(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> own = expected.get(consumer);
      if (own != null) {
        partitions.forEach(own::remove);
      }
    }
  }

  /** Without the table there is no position to begin with: waits for it, however long it takes. */
  private Map<TopicPartition, Long> storedWhenReachable(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    while (true) {
      try {
        return stored(consumer, partitions);
      } catch (RuntimeException e) {
        if (!container.isRunning() || !Failures.ofInfrastructure(e)) {
          throw e;
        }
        log.warn("{} waits for its stored position: {}", handler.name(), Causes.brief(e));
        LockSupport.parkNanos(ASSIGNMENT_RETRY.toNanos());
      }
    }
  }

  private Map<TopicPartition, Long> stored(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> known = positions.positions(handler.name());
    List<TopicPartition> unknown = partitions.stream().filter(p -> !known.containsKey(p)).toList();
    if (!unknown.isEmpty()) {
      consumer
          .beginningOffsets(unknown)
          .forEach(
              (partition, first) ->
                  positions.claim(handler.name(), partition, topicId(partition.topic()), first));
      known.putAll(positions.positions(handler.name()));
    }
    known.keySet().retainAll(partitions);
    return known;
  }

  private String topicId(String topic) {
    String id = topicIds.get(topic);
    if (id == null) {
      throw new IllegalStateException("topic " + topic + " was not verified");
    }
    return id;
  }

  private static Map<String, Long> byName(Map<TopicPartition, Long> stored) {
    Map<String, Long> named = new TreeMap<>();
    stored.forEach((partition, offset) -> named.put(partition.toString(), offset));
    return named;
  }
}
