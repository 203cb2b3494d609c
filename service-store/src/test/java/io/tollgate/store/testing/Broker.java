package io.tollgate.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.testing.SharedInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the tests do with the broker directly. */
public final class Broker {

  private Broker() {}

  /** A topic name nobody else uses. */
  public static String freshTopic() {
    return "test." + UUID.randomUUID();
  }

  /** A producer of texts. */
  public static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap(), "acks", "all"),
        new StringSerializer(),
        new StringSerializer());
  }

  /** Appends a text to a partition. */
  public static void send(String topic, int partition, String key, String... values) {
    try (var producer = producer()) {
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, key, value));
      }
      producer.flush();
    }
  }

  /** Appends texts in one transaction, which ends the log with a marker. */
  public static void sendInTransaction(String topic, int partition, String key, String... values) {
    inTransaction(topic, partition, key, values, KafkaProducer::commitTransaction);
  }

  /** Appends texts in a transaction that is aborted: nobody ever reads them. */
  public static void sendAndAbort(String topic, int partition, String key, String... values) {
    inTransaction(
        topic,
        partition,
        key,
        values,
        producer -> {
          producer.flush();
          producer.abortTransaction();
        });
  }

  private static void inTransaction(
      String topic,
      int partition,
      String key,
      String[] values,
      Consumer<KafkaProducer<String, String>> end) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap());
    config.put("transactional.id", "test-" + UUID.randomUUID());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, key, value));
      }
      end.accept(producer);
    }
  }

  /** Every committed record of a topic, partition by partition. */
  public static List<ConsumerRecord<String, String>> readAll(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap(),
                "isolation.level",
                "read_committed",
                // Its close would stand behind a fetch that waits for more at the broker.
                "fetch.max.wait.ms",
                10),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** Sets what Kafka believes a group to have read, once the group has forgotten its members. */
  public static void setCommitted(String group, TopicPartition partition, long offset) {
    try (Admin admin = admin()) {
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
      admin
          .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot set the offsets of " + group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Changes a topic's configuration. */
  public static void configure(String topic, String name, String value) {
    var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot configure " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Deletes every record of a topic, as its retention would. */
  public static void deleteRecords(String topic) {
    try (Admin admin = admin()) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      for (var described : admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
        described
            .partitions()
            .forEach(
                partition ->
                    all.put(
                        new TopicPartition(topic, partition.partition()),
                        RecordsToDelete.beforeOffset(-1)));
      }
      admin.deleteRecords(all).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot delete the records of " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A header's text. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  /** An administrative client. */
  public static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap()));
  }

  private static String bootstrap() {
    return SharedInfrastructure.kafka().bootstrapServers();
  }
}
