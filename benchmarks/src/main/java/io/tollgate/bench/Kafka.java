package io.tollgate.bench;

import io.tollgate.model.event.WireMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the system's broker does bare, with the same events and settings. */
final class Kafka {
  private static final int PARTITIONS = 4;
  private static final Duration POLL = Duration.ofMillis(200);

  private final String broker;

  Kafka(RunningSystem system) throws IOException {
    this.broker = "127.0.0.1:" + PortFile.of(system, "kafka").port("broker");
  }

  /** A topic like that of the usage events. */
  void create(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
  }

  /** Events a second of a raw producer with acks=all, one record each. */
  double produce(String topic, Sample sample) throws Exception {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker,
            "acks",
            "all",
            "linger.ms",
            2,
            "batch.size",
            131_072,
            "compression.type",
            "lz4",
            "buffer.memory",
            67_108_864L);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      return Stopwatch.rateOf(
          sample.events(),
          () -> {
            for (int number = 0; number < sample.events(); number++) {
              var unused =
                  producer.send(
                      new ProducerRecord<>(topic, sample.key(number), sample.event(number)));
            }
            producer.flush();
          });
    }
  }

  /** Events a second of a plain consumer that parses every record. */
  double consume(String topic, int events) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "max.poll.records", 5_000, "fetch.min.bytes", 65_536);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      return Stopwatch.rateOf(
          events,
          () -> {
            int read = 0;
            while (read < events) {
              for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (WireMapper.mapper().readTree(record.value()).has("id")) {
                  read++;
                }
              }
            }
          });
    }
  }
}
