package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Events whose instance is not registered yet, in order of acceptance. */
final class Pending {

  private static final int SLICE = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;

  Pending(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * An event that waits.
   *
   * @param since the tick at which it was accepted
   * @param position where it was accepted
   * @param platform who posted it
   * @param bytes the event
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Waiting(Bytes key, Instant since, long position, String platform, byte[] bytes) {}

  void put(String instance, Posting posting, Instant tick, byte[] event) {
    byte[] platform = posting.platform().getBytes(UTF_8);
    store.put(
        StoreKeys.event(instance, posting.position()),
        ByteBuffer.allocate(8 + 2 + platform.length + event.length)
            .putLong(tick.getEpochSecond())
            .putShort((short) platform.length)
            .put(platform)
            .put(event)
            .array());
  }

  boolean contains(String instance, long position) {
    return store.get(StoreKeys.event(instance, position)) != null;
  }

  void remove(Waiting waiting) {
    store.delete(waiting.key());
  }

  void remove(String instance, long position) {
    store.delete(StoreKeys.event(instance, position));
  }

  /** The next events that wait for an instance; empty when none is left. */
  List<Waiting> of(String instance) {
    return slice(StoreKeys.eventsOf(instance), waiting -> true);
  }

  /** Events that have waited since before an instant. */
  List<Waiting> before(Instant instant) {
    return slice(StoreKeys.events(), waiting -> waiting.since().isBefore(instant));
  }

  private List<Waiting> slice(StoreKeys.Range range, Predicate<Waiting> wanted) {
    List<Waiting> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(range.from(), range.to())) {
      while (entries.hasNext() && found.size() < SLICE) {
        Waiting waiting = waiting(entries.next());
        if (wanted.test(waiting)) {
          found.add(waiting);
        }
      }
    }
    return found;
  }

  /** What an entry of the store says. */
  static Waiting waiting(KeyValue<Bytes, byte[]> entry) {
    ByteBuffer value = ByteBuffer.wrap(entry.value);
    Instant since = Instant.ofEpochSecond(value.getLong());
    byte[] platform = new byte[value.getShort()];
    value.get(platform);
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return new Waiting(
        entry.key, since, StoreKeys.position(entry.key), new String(platform, UTF_8), bytes);
  }
}
