package io.tollgate.bench;

import io.tollgate.model.event.Topics;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.messaging.KeyPartitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the system's broker does bare, with the same events and settings. */
final class Kafka {
  private static final int PARTITIONS = 4;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final byte[] NOTHING = {'{', '}'};

  private final String broker;

  Kafka(RunningSystem system) {
    this.broker = "127.0.0.1:" + system.port("kafka", "broker");
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
      // With more than one batch under way to a partition that is just made, the first may be
      // refused and the others be out of order for ever.
      for (TopicPartition each : partitions(topic)) {
        producer.send(new ProducerRecord<>(topic, each.partition(), null, NOTHING)).get();
      }
      AtomicReference<Exception> failure = new AtomicReference<>();
      Callback failed = (place, e) -> failure.compareAndSet(null, e);
      double rate =
          Stopwatch.rateOf(
              sample.events(),
              () -> {
                for (int number = 0; number < sample.events(); number++) {
                  var unused =
                      producer.send(
                          new ProducerRecord<>(topic, sample.key(number), sample.event(number)),
                          failed);
                }
                producer.flush();
              });
      if (failure.get() != null) {
        throw new IllegalStateException("not all was produced to " + topic, failure.get());
      }
      return rate;
    }
  }

  /**
   * Copies the records of an account's instances under the names of other accounts.
   *
   * @param account its name occurs in nothing but what is its own
   * @param names of the other accounts
   */
  void copyInstances(String account, List<String> names) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker),
            new StringDeserializer(),
            new StringDeserializer())) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(Topics.ACCOUNT_INSTANCES));
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          if (record.value() != null && record.value().contains('"' + account + '"')) {
            records.add(record);
          }
        }
      }
    }
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "acks", "all", "compression.type", "lz4");
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (String name : names) {
        for (ConsumerRecord<String, String> record : records) {
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      Topics.ACCOUNT_INSTANCES,
                      record.key().replace(account, name),
                      record.value().replace(account, name)));
        }
      }
      producer.flush();
    }
  }

  /** Where the records of an account lie. */
  static int partitionOf(String account) {
    return new KeyPartitions(PARTITIONS).of(account);
  }

  private static List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(topic, n)).toList();
  }

  /** Events a second of a plain consumer that parses every record. */
  double consume(String topic, int events) throws Exception {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "max.poll.records", 5_000, "fetch.min.bytes", 65_536);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = partitions(topic);
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
