package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The identities of one task: an index, and a changelog with one record for all that a record of
 * the log changed in a segment.
 *
 * <p>Around the index lies a key-value store of Kafka Streams, for its changelog alone: what is put
 * is a pack, which the index takes apart, when it is written as well as when it is restored.
 */
final class IdentityStore extends LoggedStore implements Identities {

  private final PackStore packs;

  private IdentityStore(PackStore packs, KeyValueStore<Bytes, byte[]> logged) {
    super(logged);
    this.packs = packs;
  }

  /**
   * Makes the stores of tasks.
   *
   * @param name of store and changelog
   * @param reachMillis see {@link IdentityIndex}
   * @param memory shared by all stores
   * @param logConfig settings of the changelog topic
   */
  record Builder(String name, long reachMillis, RocksMemory memory, Map<String, String> logConfig)
      implements StoreBuilder<IdentityStore> {

    Builder {
      logConfig = Map.copyOf(logConfig);
    }

    @Override
    public IdentityStore build() {
      PackStore packs = new PackStore(name, reachMillis, memory);
      return new IdentityStore(
          packs,
          Stores.keyValueStoreBuilder(packs.supplier(), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingEnabled(logConfig)
              .build());
    }

    @Override
    public boolean loggingEnabled() {
      return true;
    }

    @Override
    public StoreBuilder<IdentityStore> withCachingEnabled() {
      throw new UnsupportedOperationException("a pack is written once, a cache gains nothing");
    }

    @Override
    public StoreBuilder<IdentityStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<IdentityStore> withLoggingEnabled(Map<String, String> config) {
      return new Builder(name, reachMillis, memory, config);
    }

    @Override
    public StoreBuilder<IdentityStore> withLoggingDisabled() {
      throw new UnsupportedOperationException("without its changelog it is lost with the disk");
    }
  }

  /**
   * What is remembered of identities, for each the newest or null.
   *
   * @param from the first segment of interest
   */
  List<@Nullable Remembered> find(List<Identity> identities, long from) {
    return packs.index().find(identities, from);
  }

  @Override
  public Optional<Remembered> remembered(Identity identity) {
    return Optional.ofNullable(find(List.of(identity), Long.MIN_VALUE).getFirst());
  }

  /** Keeps what a record of the log changed in a segment. */
  void put(long segment, byte input, long offset, Collection<Remembered> entries) {
    logged.put(Bytes.wrap(Remembered.packKey(segment, input, offset)), Remembered.pack(entries));
  }
}
