package io.tollgate.metering.topology;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the records of one partition by outcome, in the transaction of their effect.
 *
 * <p>Always accepted = counted + duplicate + quarantined + pending.
 */
final class Counters {

  private static final Counter[] ALL = Counter.values();
  private static final Set<Counter> COUNTS = EnumSet.complementOf(EnumSet.of(Counter.NEXT_OFFSET));

  private final KeyValueStore<Bytes, byte[]> store;
  private final long[] values = new long[ALL.length];

  /** What is counted; slots are stored, so they never change. */
  enum Counter {
    ACCEPTED(0),
    COUNTED(1),
    DUPLICATE(2),
    QUARANTINED(3),
    PENDING(4),
    VOIDED(5),
    /** Events in series: one event is in as many as its meters have windows. */
    CONTRIBUTIONS(6),
    /** Contributions to windows that were closed already. */
    LATE(7),
    /** No count: the offset after the last record of {@code usage.events}. */
    NEXT_OFFSET(8);

    private final int slot;

    Counter(int slot) {
      this.slot = slot;
    }

    /** Its value among copied counts. */
    long of(long[] counts) {
      return counts[slot];
    }
  }

  Counters(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    byte[] stored = store.get(StoreKeys.COUNTERS);
    if (stored != null) {
      System.arraycopy(read(stored), 0, values, 0, values.length);
    }
  }

  void add(Counter counter, long count) {
    values[counter.slot] += count;
  }

  void set(Counter counter, long value) {
    values[counter.slot] = value;
  }

  long get(Counter counter) {
    return values[counter.slot];
  }

  /** Keeps the counts; once per record. */
  void save() {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 8);
    for (long value : values) {
      buffer.putLong(value);
    }
    store.put(StoreKeys.COUNTERS, buffer.array());
  }

  /** The counts as they are now; a copy. */
  long[] snapshot() {
    return values.clone();
  }

  /** Copied counts by lower-case name. */
  static Map<String, Long> named(long[] counts) {
    Map<String, Long> map = new TreeMap<>();
    for (Counter counter : COUNTS) {
      map.put(counter.name().toLowerCase(Locale.ROOT), counts[counter.slot]);
    }
    return map;
  }

  private static long[] read(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    long[] values = new long[ALL.length];
    for (int i = 0; i < values.length && buffer.remaining() >= 8; i++) {
      values[i] = buffer.getLong();
    }
    return values;
  }
}
