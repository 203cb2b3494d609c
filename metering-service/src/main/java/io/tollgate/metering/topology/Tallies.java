package io.tollgate.metering.topology;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Counts the events of each platform by fate since the generation began; stored with the progress.
 * A posted event is in exactly one count at a time.
 */
final class Tallies {

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Tally, Long> counts = new HashMap<>();
  private final Map<Tally, Long> changed = new HashMap<>();

  /** The number of events of a platform with one fate. */
  private record Tally(String platform, String fate) {}

  Tallies(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    each(store, (tally, count) -> counts.put(tally, count));
  }

  void add(String platform, String fate, long more) {
    changed.put(
        new Tally(platform, fate), counts.merge(new Tally(platform, fate), more, Long::sum));
  }

  /** Everybody whose events were tallied. */
  Set<String> platforms() {
    return counts.keySet().stream().map(Tally::platform).collect(Collectors.toSet());
  }

  /** Keeps what changed; once per record. */
  void save() {
    changed.forEach(
        (tally, count) ->
            store.put(
                StoreKeys.tally(tally.platform(), tally.fate()),
                ByteBuffer.allocate(8).putLong(count).array()));
    changed.clear();
  }

  /** Adds what a task's store holds to counts by platform and fate. */
  static void read(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, Map<String, Map<String, Long>> into) {
    each(
        store,
        (tally, count) ->
            into.computeIfAbsent(tally.platform(), key -> new HashMap<>())
                .merge(tally.fate(), count, Long::sum));
  }

  private static void each(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, BiConsumer<Tally, Long> consumer) {
    StoreKeys.Range range = StoreKeys.tallies();
    try (KeyValueIterator<Bytes, byte[]> stored = store.range(range.from(), range.to())) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        String[] key = StoreKeys.platformAndFate(next.key);
        consumer.accept(new Tally(key[0], key[1]), ByteBuffer.wrap(next.value).getLong());
      }
    }
  }
}
