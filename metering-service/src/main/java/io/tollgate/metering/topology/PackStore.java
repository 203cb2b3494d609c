package io.tollgate.metering.topology;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What lies under the changelog of an {@link IdentityStore}: takes packs, as they are written and
 * as they are restored, and gives none of them back.
 */
final class PackStore implements KeyValueStore<Bytes, byte[]> {

  private static final String DIRECTORY = "index";

  private final String name;
  private final long reachMillis;
  private final RocksMemory memory;
  private volatile @Nullable IdentityIndex index;

  PackStore(String name, long reachMillis, RocksMemory memory) {
    this.name = name;
    this.reachMillis = reachMillis;
    this.memory = memory;
  }

  /** Supplies this one. */
  KeyValueBytesStoreSupplier supplier() {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return PackStore.this;
      }

      @Override
      public String metricsScope() {
        return "identities";
      }
    };
  }

  IdentityIndex index() {
    IdentityIndex current = index;
    if (current == null) {
      throw new InvalidStateStoreException("The index of identities is not open yet");
    }
    return current;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    Path directory = new File(context.stateDir(), name).toPath();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ProcessorStateException("The directory of the identities cannot be made", e);
    }
    index = new IdentityIndex(directory.resolve(DIRECTORY), reachMillis, memory);
    context.register(root, new Restore());
  }

  private final class Restore implements BatchingStateRestoreCallback {

    @Override
    public void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
      List<Map.Entry<Long, byte[]>> packs = new ArrayList<>(records.size());
      for (KeyValue<byte[], byte[]> each : records) {
        if (each.value != null) {
          packs.add(Map.entry(Remembered.segmentOfPack(each.key), each.value));
        }
      }
      index().write(packs);
    }
  }

  @Override
  public void put(Bytes key, byte[] pack) {
    index().write(List.of(Map.entry(Remembered.segmentOfPack(key.get()), pack)));
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] pack) {
    throw refused();
  }

  @Override
  public byte[] delete(Bytes key) {
    throw refused();
  }

  @Override
  public byte[] get(Bytes key) {
    throw refused();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw refused();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    throw refused();
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("packs are taken apart and not kept");
  }

  @Override
  public long approximateNumEntries() {
    throw refused();
  }

  @Override
  public void flush() {
    index().flush();
  }

  @Override
  public void close() {
    IdentityIndex current = index;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    IdentityIndex current = index;
    return current != null && current.isOpen();
  }

  @Override
  public Position getPosition() {
    return Position.emptyPosition();
  }
}
