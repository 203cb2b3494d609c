package io.tollgate.support.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Computes how far positions are from the read_committed ends of their partitions.
 *
 * <p>A partition may end with transaction markers or aborted records, which no consumer ever sees.
 * Whether anything else lies between a position and the end is determined by reading.
 */
public final class LogEnds implements AutoCloseable {

  private static final Duration PROBE = Duration.ofMillis(50);
  private static final int MAX_PROBES = 6;
  private static final long TIMEOUT_SECONDS = 10;

  private final KafkaClients clients;
  private final Map<TopicPartition, Span> knownEmpty = new HashMap<>();
  private @Nullable Admin admin;
  private @Nullable KafkaConsumer<String, byte[]> probe;

  /** Reads with clients of its own; close it. */
  public LogEnds(KafkaClients clients) {
    this.clients = clients;
  }

  private record Span(long from, long to) {}

  /** The read_committed end of each partition. */
  public synchronized Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    try {
      var wanted =
          partitions.stream()
              .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
      var listed =
          admin()
              .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      Map<TopicPartition, Long> ends = new HashMap<>();
      listed.forEach((partition, info) -> ends.put(partition, info.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the end offsets of the topics cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** Of the given positions those behind which records wait, with the log's end. */
  public synchronized Map<TopicPartition, Long> behind(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Span> open = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          Span span = new Span(position, ends.getOrDefault(partition, 0L));
          if (span.from() < span.to() && !span.equals(knownEmpty.get(partition))) {
            open.put(partition, span);
          }
        });
    if (!open.isEmpty()) {
      open.keySet().removeAll(withoutRecords(open));
    }
    Map<TopicPartition, Long> behind = new HashMap<>();
    open.forEach((partition, span) -> behind.put(partition, span.to()));
    return behind;
  }

  private Collection<TopicPartition> withoutRecords(Map<TopicPartition, Span> open) {
    KafkaConsumer<String, byte[]> reader = probe();
    Map<TopicPartition, Span> undecided = new HashMap<>(open);
    Map<TopicPartition, Span> empty = new HashMap<>();
    reader.assign(open.keySet());
    reader.resume(open.keySet());
    open.forEach((partition, span) -> reader.seek(partition, span.from()));
    for (int i = 0; i < MAX_PROBES && !undecided.isEmpty(); i++) {
      var records = reader.poll(PROBE);
      undecided.keySet().removeAll(records.partitions());
      for (var entry : Map.copyOf(undecided).entrySet()) {
        if (reader.position(entry.getKey()) >= entry.getValue().to()) {
          empty.put(entry.getKey(), entry.getValue());
          undecided.remove(entry.getKey());
        }
      }
      reader.pause(without(open, undecided).keySet());
    }
    knownEmpty.putAll(empty);
    return empty.keySet();
  }

  private static Map<TopicPartition, Span> without(
      Map<TopicPartition, Span> all, Map<TopicPartition, Span> some) {
    Map<TopicPartition, Span> rest = new HashMap<>(all);
    rest.keySet().removeAll(some.keySet());
    return rest;
  }

  private Admin admin() {
    if (admin == null) {
      admin = clients.admin("ends");
    }
    return admin;
  }

  private KafkaConsumer<String, byte[]> probe() {
    if (probe == null) {
      probe = new KafkaConsumer<>(clients.glanceConfig("ends-probe"));
    }
    return probe;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(2));
      admin = null;
    }
    if (probe != null) {
      probe.close();
      probe = null;
    }
  }
}
