package io.tollgate.metering.topology;

import io.tollgate.model.Granularity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far a task is: its last tick and the numbers of its markers. */
final class Progress {

  private final KeyValueStore<Bytes, byte[]> store;

  Progress(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The last tick; empty before the first. */
  Optional<Instant> tick() {
    return Optional.ofNullable(store.get(StoreKeys.TICK)).map(Progress::instant);
  }

  void tick(Instant tick) {
    store.put(
        StoreKeys.TICK,
        ByteBuffer.allocate(12).putLong(tick.getEpochSecond()).putInt(tick.getNano()).array());
  }

  private static Instant instant(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
  }

  /** The number of the last marker to an output partition; 0 before the first. */
  long lastSequence(Granularity granularity, int output) {
    byte[] stored = store.get(StoreKeys.sequence(granularity, output));
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  void sequence(Granularity granularity, int output, long number) {
    store.put(
        StoreKeys.sequence(granularity, output), ByteBuffer.allocate(8).putLong(number).array());
  }
}
