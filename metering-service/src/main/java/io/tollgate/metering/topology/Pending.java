package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Events whose instance is not registered yet, by instance in order of acceptance.
 *
 * <p>Beside each is stored since when it has waited, so that those whose time is over are found
 * without reading the others.
 */
final class Pending {

  private static final int SLICE = 1_000;
  private static final byte[] NOTHING = {};

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

  void put(String instance, EventOrigin origin, Instant tick, byte[] event) {
    byte[] platform = origin.platform().getBytes(UTF_8);
    Bytes key = StoreKeys.event(instance, origin.position());
    store.put(StoreKeys.waiting(tick, key), NOTHING);
    store.put(
        key,
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
    store.delete(StoreKeys.waiting(waiting.since(), waiting.key()));
    store.delete(waiting.key());
  }

  void remove(String instance, long position) {
    waiting(StoreKeys.event(instance, position)).ifPresent(this::remove);
  }

  /** The next events that wait for an instance; empty when none is left. */
  List<Waiting> of(String instance) {
    return slice(StoreKeys.eventsOf(instance), Function.identity());
  }

  /** The next events that have waited since before an instant; empty when none is left. */
  List<Waiting> before(Instant instant) {
    return slice(StoreKeys.waitingBefore(instant), StoreKeys::eventWaiting);
  }

  /**
   * The events of the next entries of a range.
   *
   * @param event where the event of an entry lies, by the entry's key
   */
  private List<Waiting> slice(StoreKeys.Range range, Function<Bytes, Bytes> event) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(range.from(), range.to())) {
      while (entries.hasNext() && keys.size() < SLICE) {
        keys.add(event.apply(entries.next().key));
      }
    }
    return keys.stream().flatMap(key -> waiting(key).stream()).toList();
  }

  private Optional<Waiting> waiting(Bytes key) {
    return Optional.ofNullable(store.get(key)).map(value -> waiting(new KeyValue<>(key, value)));
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
