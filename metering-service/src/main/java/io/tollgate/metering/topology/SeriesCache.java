package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The totals of one task: whatever is put goes to the store, and those in use are kept decoded
 * beside it. One per processor, so that it is gone when what it put was not committed.
 */
final class SeriesCache {

  private static final int DECODED = 10_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Bytes, SeriesState> decoded =
      new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, SeriesState> eldest) {
          return size() > DECODED;
        }
      };

  SeriesCache(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** The total of a series, if it has one. */
  @Nullable SeriesState get(Bytes series) {
    SeriesState known = decoded.get(series);
    if (known == null) {
      byte[] stored = store.get(series);
      known = stored == null ? null : SeriesState.of(stored);
    }
    return known;
  }

  void put(Bytes series, SeriesState state) {
    decoded.put(series, state);
    store.put(series, state.bytes());
  }
}
