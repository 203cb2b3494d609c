package io.tollgate.testing;

import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Says on the shared broker what other services would, and hears what was said. */
public final class Wire {
  private static final Duration POLL = Duration.ofMillis(100);

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
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, partition, key, bytes));
      producer.flush();
    }
  }

  /** Events of a topic with a key, of one kind, in order. */
  public static <E, K extends E> List<K> heard(
      String topic, String key, EventCodec<E> codec, Class<K> kind) {
    return records(topic).stream()
        .filter(record -> key.equals(record.key()))
        .flatMap(record -> codec.decode(record.value()).stream())
        .map(EventEnvelope::data)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** All committed records of a topic, in order per partition. */
  public static List<ConsumerRecord<String, byte[]>> records(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
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
