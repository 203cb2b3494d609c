package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * How many events of each platform came to which fate since the generation began; in the store of
 * progress. A posted event is in one of them at a time.
 */
final class Tallies {

  private static final byte[] KIND = {'f'};
  private static final byte[] NEXT_KIND = {'f' + 1};
  private static final String SEPARATOR = "\n";

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Tally, Long> counts = new HashMap<>();
  private final Map<Tally, Long> changed = new HashMap<>();

  /** A platform and a fate. */
  private record Tally(String platform, String fate) {}

  Tallies(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    each(store, (tally, count) -> counts.put(tally, count));
  }

  void add(String platform, String fate, long more) {
    changed.put(
        new Tally(platform, fate), counts.merge(new Tally(platform, fate), more, Long::sum));
  }

  /** Keeps what changed; once per record. */
  void save() {
    changed.forEach(
        (tally, count) ->
            store.put(
                Bytes.wrap(("f" + tally.platform() + SEPARATOR + tally.fate()).getBytes(UTF_8)),
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
    try (KeyValueIterator<Bytes, byte[]> stored =
        store.range(Bytes.wrap(KIND), Bytes.wrap(NEXT_KIND))) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        String[] key =
            new String(next.key.get(), 1, next.key.get().length - 1, UTF_8).split(SEPARATOR, 2);
        if (key.length == 2) {
          consumer.accept(new Tally(key[0], key[1]), ByteBuffer.wrap(next.value).getLong());
        }
      }
    }
  }
}
