package io.tollgate.store.recovery;

import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.LogEnds;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads parts of topics to their ends, committed records only. */
final class TopicLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final LogEnds ends;

  TopicLog(KafkaClients clients) {
    this.consumer = new KafkaConsumer<>(clients.readerConfig("log"));
    this.ends = new LogEnds(clients);
  }

  List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions);
  }

  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return ends.ends(partitions);
  }

  /** Reads a partition's records from an offset up to another, excluded. */
  void read(
      TopicPartition partition,
      long from,
      long to,
      Consumer<ConsumerRecord<String, byte[]>> action) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    while (consumer.position(partition) < to) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          action.accept(record);
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
    ends.close();
  }
}
