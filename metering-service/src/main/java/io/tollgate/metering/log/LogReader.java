package io.tollgate.metering.log;

import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Reads single records and pages of topics, for people; committed records only. */
@Component
public final class LogReader {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_POLLS = 50;

  private final KafkaClients clients;
  private final KafkaSettings settings;
  private final AtomicLong readers = new AtomicLong();

  LogReader(KafkaClients clients, KafkaSettings settings) {
    this.clients = clients;
    this.settings = settings;
  }

  /** A place in a topic. */
  public record Place(int partition, long offset) {

    /** Where a topic begins. */
    public static final Place BEGIN = new Place(0, 0);
  }

  /** The record at a place, if there is one. */
  public Optional<ConsumerRecord<String, byte[]>> at(String topic, Place place) {
    if (place.partition() < 0 || place.partition() >= settings.partitions()) {
      return Optional.empty();
    }
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      read(consumer, topic, place, 1, found);
    }
    return found.stream().filter(record -> record.offset() == place.offset()).findFirst();
  }

  /** Records from a place on, partition by partition. */
  public List<ConsumerRecord<String, byte[]>> from(String topic, Place place, int limit) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      for (int partition = place.partition();
          partition < settings.partitions() && found.size() < limit;
          partition++) {
        long offset = partition == place.partition() ? place.offset() : 0;
        read(consumer, topic, new Place(partition, offset), limit, found);
      }
    }
    return found;
  }

  /**
   * All records of a topic up to where it ends now, those of a key in their order: for decisions,
   * which must not be made by a part of them.
   *
   * @throws LogUnavailableException when its end is not reached in time
   */
  public List<ConsumerRecord<String, byte[]>> whole(String topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, settings.partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      int idle = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (idle == MAX_POLLS) {
          throw new LogUnavailableException("the topic " + topic + " cannot be read to its end");
        }
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        idle = records.isEmpty() ? idle + 1 : 0;
        records.forEach(found::add);
      }
    } catch (KafkaException e) {
      throw new LogUnavailableException(e);
    }
    return found;
  }

  /**
   * Shows the last records that the broker took in a time, oldest first.
   *
   * @param most no more than so many
   * @param since the first instant; empty for the beginning of the partition
   * @param until the last one; empty for its end
   * @return whether these are all of that time
   */
  public boolean last(
      String topic,
      int partition,
      int most,
      Optional<Instant> since,
      Optional<Instant> until,
      Consumer<ConsumerRecord<String, byte[]>> taker) {
    TopicPartition wanted = new TopicPartition(topic, partition);
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      consumer.assign(List.of(wanted));
      long last = consumer.endOffsets(List.of(wanted)).getOrDefault(wanted, 0L);
      long first = consumer.beginningOffsets(List.of(wanted)).getOrDefault(wanted, 0L);
      long begin = since.map(instant -> offsetAt(consumer, wanted, instant, last)).orElse(first);
      long end =
          until
              .map(instant -> offsetAt(consumer, wanted, instant.plusMillis(1), last))
              .orElse(last);
      long from = Math.max(begin, end - most);
      consumer.seek(wanted, from);
      int idle = 0;
      while (consumer.position(wanted) < end && idle < MAX_POLLS) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        idle = records.isEmpty() ? idle + 1 : 0;
        for (ConsumerRecord<String, byte[]> record : records) {
          if (record.offset() < end) {
            taker.accept(record);
          }
        }
      }
      return from <= begin && consumer.position(wanted) >= end;
    }
  }

  private static long offsetAt(
      KafkaConsumer<String, byte[]> consumer, TopicPartition wanted, Instant instant, long end) {
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(wanted, instant.toEpochMilli())).get(wanted);
    return found == null ? end : found.offset();
  }

  /** Where a partition ends now. */
  public Place end(String topic, int partition) {
    TopicPartition wanted = new TopicPartition(topic, partition);
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      return new Place(partition, consumer.endOffsets(List.of(wanted)).getOrDefault(wanted, 0L));
    }
  }

  /** Waits a few seconds for a record after a place. */
  public Optional<ConsumerRecord<String, byte[]>> await(
      String topic, Place place, Predicate<ConsumerRecord<String, byte[]>> wanted) {
    TopicPartition partition = new TopicPartition(topic, place.partition());
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, place.offset());
      for (int i = 0; i < MAX_POLLS; i++) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          if (wanted.test(record)) {
            return Optional.of(record);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void read(
      KafkaConsumer<String, byte[]> consumer,
      String topic,
      Place place,
      int limit,
      List<ConsumerRecord<String, byte[]>> found) {
    TopicPartition partition = new TopicPartition(topic, place.partition());
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(begin, place.offset()));
    for (int i = 0; i < MAX_POLLS && consumer.position(partition) < end; i++) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (found.size() >= limit) {
          return;
        }
        found.add(record);
      }
      if (found.size() >= limit) {
        return;
      }
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(clients.glanceConfig("log-" + readers.incrementAndGet()));
  }
}
