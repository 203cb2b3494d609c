package io.tollgate.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @TempDir Path directory;

  @Test
  void committedRecordsAndThePortSurviveARestartAndAbortedOnesAreNotRead() throws Exception {
    String address;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      address = kafka.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
      }
      try (KafkaProducer<byte[], byte[]> producer = producer(address)) {
        producer.initTransactions();
        producer.beginTransaction();
        assertThat(producer.send(new ProducerRecord<>("t", "committed".getBytes(UTF_8))))
            .isNotNull();
        producer.commitTransaction();
        producer.beginTransaction();
        assertThat(producer.send(new ProducerRecord<>("t", "aborted".getBytes(UTF_8)))).isNotNull();
        producer.flush();
        producer.abortTransaction();
      }
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(readAll(address)).containsExactly("committed");
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String address) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address, "transactional.id", "test"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static List<String> readAll(String address) {
    List<String> values = new ArrayList<>();
    TopicPartition partition = new TopicPartition("t", 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> values.add(new String(record.value(), UTF_8)));
      }
    }
    return values;
  }
}
