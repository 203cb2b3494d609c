package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Remembers what was counted, in segments of tick time that are dropped as a whole.
 *
 * <p>Event times are accepted in [tick - A, tick + F]. So two acceptances of one event are at most
 * A + F of tick time apart, and three segments of half that length always cover it.
 */
final class Dedup {

  private static final int SEGMENTS = 3;
  private static final int VOIDED = 1;

  private final WindowStore<Bytes, byte[]> store;
  private final long segmentMillis;

  Dedup(WindowStore<Bytes, byte[]> store, Duration horizon) {
    this.store = store;
    this.segmentMillis = segment(horizon).toMillis();
  }

  /** Length of a segment for a horizon of A + F. */
  static Duration segment(Duration horizon) {
    return Duration.ofMillis(horizon.toMillis() / (SEGMENTS - 1) + 1);
  }

  /** How long the store must keep its segments. */
  static Duration retention(Duration horizon) {
    return segment(horizon).multipliedBy(SEGMENTS);
  }

  /**
   * What is known of an identity.
   *
   * @param payloadHash what the event said
   * @param position where it was accepted
   * @param voided whether it was taken back
   * @param segment where it is remembered
   */
  record Entry(long payloadHash, long position, boolean voided, long segment) {}

  Optional<Entry> find(Identity identity, Instant tick) {
    Bytes key = Bytes.wrap(identity.bytes());
    long current = segmentOf(tick);
    for (int i = 0; i < SEGMENTS; i++) {
      long segment = current - i * segmentMillis;
      byte[] value = segment < 0 ? null : store.fetch(key, segment);
      if (value != null) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return Optional.of(
            new Entry(buffer.getLong(), buffer.getLong(), buffer.get() == VOIDED, segment));
      }
    }
    return Optional.empty();
  }

  void remember(Identity identity, long payloadHash, long position, Instant tick) {
    put(identity, new Entry(payloadHash, position, false, segmentOf(tick)));
  }

  /** Replaces what is known, in the segment where it is. */
  void put(Identity identity, Entry entry) {
    byte[] value =
        ByteBuffer.allocate(17)
            .putLong(entry.payloadHash())
            .putLong(entry.position())
            .put((byte) (entry.voided() ? VOIDED : 0))
            .array();
    store.put(Bytes.wrap(identity.bytes()), value, entry.segment());
  }

  void forget(Identity identity, Entry entry) {
    store.put(Bytes.wrap(identity.bytes()), null, entry.segment());
  }

  private long segmentOf(Instant tick) {
    long millis = tick.toEpochMilli();
    return millis - Math.floorMod(millis, segmentMillis);
  }
}
