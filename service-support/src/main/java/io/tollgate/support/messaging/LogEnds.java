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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Computes how far positions are from the read_committed ends of their partitions.
 *
 * <p>Among the records of a partition are transaction markers and aborted records, which have
 * offsets and which no consumer ever sees. What else lies between a position and the end is
 * determined by reading.
 */
public final class LogEnds implements AutoCloseable {

  private static final Duration PROBE = Duration.ofMillis(50);
  private static final int MAX_PROBES = 6;

  /** Further from the end, what waits is not counted but taken from the offsets. */
  private static final long MAX_COUNTED_OFFSETS = 200;

  private static final int MAX_COUNTING_PROBES = 40;
  private static final int COUNTED_BYTES = 256 * 1024;
  private static final long TIMEOUT_SECONDS = 10;

  private final KafkaClients clients;
  private final Map<TopicPartition, Span> knownEmpty = new HashMap<>();
  private @Nullable Admin admin;
  private @Nullable KafkaConsumer<String, byte[]> probe;

  /** Reads with clients of its own; close it. */
  public LogEnds(KafkaClients clients) {
    this.clients = clients;
  }

  private record Span(long from, long to) {

    boolean isEmpty() {
      return from >= to;
    }
  }

  /**
   * What was seen of a span.
   *
   * @param records so many records
   * @param upTo the offset up to which it was read
   */
  private record Seen(long records, long upTo) {

    boolean isOf(Span span) {
      return upTo >= span.to();
    }

    /** Records that were seen, and offsets that were not looked at. */
    long waiting(Span span) {
      return records + Math.max(0, span.to() - upTo);
    }
  }

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
    Map<TopicPartition, Span> open = open(positions, ends);
    Map<TopicPartition, Long> behind = new HashMap<>();
    look(open, 1, MAX_PROBES)
        .forEach(
            (partition, seen) -> {
              Span span = span(open, partition);
              if (seen.records() > 0 || !seen.isOf(span)) {
                behind.put(partition, span.to());
              }
            });
    return behind;
  }

  /**
   * How many records wait behind positions: exact near the end; where more than {@value
   * #MAX_COUNTED_OFFSETS} offsets are left, their number, in which markers are included.
   */
  public synchronized long waiting(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Span> open = open(positions, ends);
    Map<TopicPartition, Span> near = new HashMap<>(open);
    near.values().removeIf(span -> span.to() - span.from() > MAX_COUNTED_OFFSETS);
    Map<TopicPartition, Seen> seen = look(near, Long.MAX_VALUE, MAX_COUNTING_PROBES);
    return open.entrySet().stream()
        .mapToLong(
            each ->
                seen.getOrDefault(each.getKey(), new Seen(0, each.getValue().from()))
                    .waiting(each.getValue()))
        .sum();
  }

  /** Positions before the end, unless it is known that nothing is in between. */
  private Map<TopicPartition, Span> open(
      Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Span> open = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          Span span = new Span(position, ends.getOrDefault(partition, 0L));
          if (!span.isEmpty() && !span.equals(knownEmpty.get(partition))) {
            open.put(partition, span);
          }
        });
    return open;
  }

  /**
   * Reads spans, each until it is read or so many records were seen.
   *
   * @param probes after so many what was not read is left
   */
  private Map<TopicPartition, Seen> look(Map<TopicPartition, Span> open, long enough, int probes) {
    Map<TopicPartition, Seen> seen = new HashMap<>();
    if (open.isEmpty()) {
      return seen;
    }
    KafkaConsumer<String, byte[]> reader = probe();
    reader.assign(open.keySet());
    reader.resume(open.keySet());
    open.forEach(
        (partition, span) -> {
          reader.seek(partition, span.from());
          seen.put(partition, new Seen(0, span.from()));
        });
    Map<TopicPartition, Span> undecided = new HashMap<>(open);
    for (int i = 0; i < probes && !undecided.isEmpty(); i++) {
      var records = reader.poll(PROBE);
      for (var entry : Map.copyOf(undecided).entrySet()) {
        TopicPartition partition = entry.getKey();
        Span span = entry.getValue();
        long within =
            records.records(partition).stream().filter(r -> r.offset() < span.to()).count();
        Seen now =
            new Seen(
                seen.getOrDefault(partition, new Seen(0, span.from())).records() + within,
                reader.position(partition));
        seen.put(partition, now);
        if (now.records() >= enough || now.isOf(span)) {
          undecided.remove(partition);
        }
      }
      reader.pause(without(open, undecided).keySet());
    }
    seen.forEach(
        (partition, found) -> {
          Span span = span(open, partition);
          if (found.records() == 0 && found.isOf(span)) {
            knownEmpty.put(partition, span);
          }
        });
    return seen;
  }

  private static Span span(Map<TopicPartition, Span> open, TopicPartition partition) {
    Span span = open.get(partition);
    if (span == null) {
      throw new IllegalStateException(partition + " was not looked at");
    }
    return span;
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
      Map<String, Object> config = clients.glanceConfig("ends-probe");
      config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, COUNTED_BYTES);
      probe = new KafkaConsumer<>(config);
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
