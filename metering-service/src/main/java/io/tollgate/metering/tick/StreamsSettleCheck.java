package io.tollgate.metering.tick;

import io.tollgate.metering.topology.StreamsGroup;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.LogEnds;
import io.tollgate.support.time.SettleCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * At rest when the committed positions of the topology are at the ends of its input: then its
 * output is committed too, being in the same transactions.
 */
final class StreamsSettleCheck implements SettleCheck, DisposableBean {

  private static final long TIMEOUT_SECONDS = 10;

  private final KafkaClients clients;
  private final String generation;
  private final int partitions;
  private final LogEnds ends;
  private @Nullable Admin admin;

  StreamsSettleCheck(KafkaClients clients, String generation, int partitions) {
    this.clients = clients;
    this.generation = generation;
    this.partitions = partitions;
    this.ends = new LogEnds(clients);
  }

  @Override
  public String name() {
    return "streams";
  }

  @Override
  public synchronized Optional<String> laggard() {
    Map<TopicPartition, Long> committed = committed();
    Map<TopicPartition, Long> behind = ends.behind(committed, ends.ends(committed.keySet()));
    return behind.isEmpty()
        ? Optional.empty()
        : Optional.of("the topology has not yet read up to " + behind);
  }

  @Override
  public synchronized long counter() {
    return committed().values().stream().mapToLong(offset -> offset).sum();
  }

  /** How many records of a topic the topology has not committed; see {@link LogEnds#waiting}. */
  synchronized long lag(String topic) {
    Map<TopicPartition, Long> committed = committed();
    committed.keySet().removeIf(partition -> !partition.topic().equals(topic));
    return ends.waiting(committed, ends.ends(committed.keySet()));
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      positions.put(new TopicPartition(Topics.USAGE_EVENTS, partition), 0L);
      positions.put(new TopicPartition(Topics.ACCOUNT_INSTANCES, partition), 0L);
    }
    stored()
        .forEach(
            (partition, position) -> {
              if (position != null) {
                positions.replace(partition, position.offset());
              }
            });
    return positions;
  }

  private Map<TopicPartition, OffsetAndMetadata> stored() {
    try {
      return admin()
          .listConsumerGroupOffsets(StreamsGroup.of(generation))
          .partitionsToOffsetAndMetadata()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the positions of the topology cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private Admin admin() {
    Admin known = admin;
    if (known == null) {
      known = clients.admin("settle");
      admin = known;
    }
    return known;
  }

  @Override
  public synchronized void destroy() {
    ends.close();
    if (admin != null) {
      admin.close(Duration.ofSeconds(2));
    }
  }
}
