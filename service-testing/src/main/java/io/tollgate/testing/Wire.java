package io.tollgate.testing;

import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Says on the shared broker what other services would, and hears what was said. */
public final class Wire {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_MILLIS = 180_000;

  private Wire() {}

  /** Sends an event keyed by its subject; without a sequence, so that it always counts. */
  public static <E> void send(
      String topic, String key, EventCodec<E> codec, Instant time, E event) {
    send(topic, key, null, codec, time, event);
  }

  /** Sends an event to a partition, or to its key's when there is none. */
  public static <E> void send(
      String topic,
      String key,
      @Nullable Integer partition,
      EventCodec<E> codec,
      Instant time,
      E event) {
    append(message(topic, key, partition, codec, time, event));
  }

  /** What {@link #send} appends. */
  public static <E> ProducerRecord<String, byte[]> message(
      String topic,
      String key,
      @Nullable Integer partition,
      EventCodec<E> codec,
      Instant time,
      E event) {
    byte[] bytes =
        codec.encode(
            new EventEnvelope<>(
                UUID.randomUUID().toString(),
                "tollgate/test",
                codec.typeOf(event),
                key,
                time,
                0,
                0,
                Optional.empty(),
                event));
    return new ProducerRecord<>(topic, partition, key, bytes);
  }

  /** Appends any record and waits for the broker. */
  public static void append(ProducerRecord<String, byte[]> message) {
    append(Sender.PRODUCER, message);
  }

  /** Appends any records together and waits for the broker. */
  public static void append(List<ProducerRecord<String, byte[]>> messages) {
    List<Future<RecordMetadata>> sent = messages.stream().map(Sender.PRODUCER::send).toList();
    sent.forEach(Wire::await);
  }

  /** Appends any record by a producer of one's own. */
  public static <K> void append(
      KafkaProducer<K, byte[]> producer, ProducerRecord<K, byte[]> message) {
    await(producer.send(message));
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      var unused = sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not accept the record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * A producer of one's own, for another broker; waits until a starting service makes its topics.
   */
  public static KafkaProducer<String, byte[]> producer(String broker) {
    return producer(broker, new StringSerializer());
  }

  /** The same for keys that are no texts. */
  public static <K> KafkaProducer<K, byte[]> producer(String broker, Serializer<K> keys) {
    return new KafkaProducer<>(
        Map.<String, Object>of(
            "bootstrap.servers",
            broker,
            "max.block.ms",
            PATIENCE_MILLIS,
            // Whoever waits for each record has no use for a producer that waits for more of them.
            "linger.ms",
            0),
        keys,
        new ByteArraySerializer());
  }

  /**
   * One producer for all tests of the process: it keeps their order, and to open one takes long.
   */
  private static final class Sender {
    private static final KafkaProducer<String, byte[]> PRODUCER = producer(bootstrap());
  }

  /** Events of a topic with a key, of one kind, in order. */
  public static <E, K extends E> List<K> heard(
      String topic, String key, EventCodec<E> codec, Class<K> kind) {
    return records(topic, key).stream()
        .flatMap(record -> codec.decode(record.value()).stream())
        .map(EventEnvelope::data)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Committed records of a topic with a key, in order. */
  public static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
    return records(topic).stream().filter(record -> key.equals(record.key())).toList();
  }

  /** All committed records of a topic, in order per partition. */
  public static List<ConsumerRecord<String, byte[]>> records(String topic) {
    return recordsAt(bootstrap(), topic);
  }

  /** The same of another broker. */
  public static List<ConsumerRecord<String, byte[]>> recordsAt(String broker, String topic) {
    return recordsAt(broker, topic, new StringDeserializer());
  }

  /** The same with keys that are no texts. */
  public static <K> List<ConsumerRecord<K, byte[]>> recordsAt(
      String broker, String topic, Deserializer<K> keys) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            broker,
            "isolation.level",
            "read_committed",
            // Its close would stand behind a fetch that waits for more at the broker.
            "fetch.max.wait.ms",
            10);
    try (var consumer = new KafkaConsumer<>(config, keys, new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<K, byte[]>> found = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(found::add);
      }
      return found;
    }
  }

  private static String bootstrap() {
    return SharedInfrastructure.kafka().bootstrapServers();
  }
}
