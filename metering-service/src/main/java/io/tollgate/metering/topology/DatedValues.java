package io.tollgate.metering.topology;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Values that begin with the tick at which they were written, so that old ones can be dropped. */
final class DatedValues {

  private static final int DATE = 8;

  private DatedValues() {}

  static byte[] value(Instant tick, byte[] content) {
    return ByteBuffer.allocate(DATE + content.length)
        .putLong(tick.getEpochSecond())
        .put(content)
        .array();
  }

  /** What a value says without its date. */
  static byte[] content(byte[] value) {
    return Arrays.copyOfRange(value, DATE, value.length);
  }

  /**
   * Drops what was written before an instant. It looks at every entry: once a day is enough.
   *
   * @param dated whether the value of a key has a date
   */
  static void expire(KeyValueStore<Bytes, byte[]> store, Predicate<Bytes> dated, Instant before) {
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (dated.test(next.key)
            && ByteBuffer.wrap(next.value).getLong() < before.getEpochSecond()) {
          old.add(next.key);
        }
      }
    }
    old.forEach(store::delete);
  }
}
