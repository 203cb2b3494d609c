package io.tollgate.chaos.fuzz;

import io.tollgate.model.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends mutated records to every topic that somebody reads. */
final class Records {

  private static final int PARTITIONS = 4;
  private static final int KEPT_PER_PARTITION = 200;
  private static final int TRIES = 20;
  private static final String CLOCK = "metering.clock";

  private static final List<String> TOPICS =
      Stream.of(Topics.APPENDED, Topics.COMPACTED, List.of("metering.corrections", CLOCK))
          .flatMap(List::stream)
          .toList();

  private final String bootstrapServers;
  private final Random random;
  private final Map<String, Map<Mutation, Integer>> sent = new TreeMap<>();
  private final Set<Place> unreadable = ConcurrentHashMap.newKeySet();

  /** Where a record lies. */
  record Place(String topic, int partition, long offset) {}

  Records(String bootstrapServers, long seed) {
    this.bootstrapServers = bootstrapServers;
    this.random = new Random(seed);
  }

  /** How many of each kind were sent to each topic. */
  Map<String, Map<Mutation, Integer>> sent() {
    return sent;
  }

  /** Where those lie that nobody can take for an event. */
  Set<Place> unreadable() {
    return Set.copyOf(unreadable);
  }

  /** Sends so many, in turn to every topic; returns when the broker has them. */
  void send(long records) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> corpus = corpus();
    Mutator mutator = new Mutator(random);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (long i = 0; i < records; i++) {
        String topic = TOPICS.get((int) (i % TOPICS.size()));
        send(producer, poison(topic, corpus, mutator));
      }
      producer.flush();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Poison poison) {
    boolean isUnreadable = poison.unreadable();
    sent.computeIfAbsent(poison.topic(), topic -> new TreeMap<>())
        .merge(poison.mutation(), 1, Integer::sum);
    var unused =
        producer.send(
            new ProducerRecord<>(
                poison.topic(),
                poison.partition(),
                poison.keyOrNull(),
                poison.valueOrNull(),
                poison.headers()),
            (place, failure) -> {
              if (failure == null && isUnreadable) {
                unreadable.add(new Place(place.topic(), place.partition(), place.offset()));
              }
            });
  }

  /** One that is no lie; garbage where none is found. */
  private Poison poison(
      String topic, Map<String, List<ConsumerRecord<byte[], byte[]>>> corpus, Mutator mutator) {
    List<ConsumerRecord<byte[], byte[]>> known = corpus.getOrDefault(topic, List.of());
    for (int tries = 0; tries < TRIES && !known.isEmpty(); tries++) {
      ConsumerRecord<byte[], byte[]> original = known.get(random.nextInt(known.size()));
      Poison poison = mutator.mutate(original, mutator.next());
      if (isTaken(poison) && !Lies.isOne(poison, original)) {
        return poison;
      }
    }
    ConsumerRecord<byte[], byte[]> nothing =
        new ConsumerRecord<>(
            topic,
            topic.equals(CLOCK) ? 0 : random.nextInt(PARTITIONS),
            0,
            "sand-garbage".getBytes(StandardCharsets.UTF_8),
            new byte[0]);
    return mutator.mutate(nothing, Mutation.GARBAGE);
  }

  /** A compacted topic takes none without a key; the clock has one partition, and no liars. */
  private static boolean isTaken(Poison poison) {
    boolean compacted = Topics.COMPACTED.contains(poison.topic()) || poison.topic().equals(CLOCK);
    if (compacted && poison.key().isEmpty()) {
      return false;
    }
    return !poison.topic().equals(CLOCK)
        || (poison.partition() == 0
            && !new String(poison.value().orElse(new byte[0]), StandardCharsets.UTF_8)
                .matches("(TEST|SYSTEM) .*"));
  }

  /** What the topics hold, some of every partition. */
  private Map<String, List<ConsumerRecord<byte[], byte[]>>> corpus() {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> corpus = new HashMap<>();
    List<TopicPartition> all =
        TOPICS.stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topic.equals(CLOCK) ? 1 : PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      Map<TopicPartition, Integer> kept = new HashMap<>();
      Set<TopicPartition> open = new HashSet<>(all);
      while (!open.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (kept.merge(partition, 1, Integer::sum) <= KEPT_PER_PARTITION) {
            corpus.computeIfAbsent(record.topic(), topic -> new ArrayList<>()).add(record);
          }
        }
        open.removeIf(
            partition ->
                consumer.position(partition) >= ends.getOrDefault(partition, 0L)
                    || kept.getOrDefault(partition, 0) >= KEPT_PER_PARTITION);
        consumer.pause(all.stream().filter(partition -> !open.contains(partition)).toList());
      }
    }
    return corpus;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "acks",
            "all",
            "linger.ms",
            5,
            "max.request.size",
            4 * 1024 * 1024),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
