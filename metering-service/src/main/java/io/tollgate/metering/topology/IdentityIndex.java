package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * What is remembered of identities, on disk: a column family of RocksDB per segment of tick time,
 * dropped as a whole when it is out of reach.
 *
 * <p>Like the stores of Kafka Streams it writes no log of its own: what was not flushed is restored
 * from the changelog. Queries of other threads may come while it is written or closed.
 */
final class IdentityIndex implements AutoCloseable {

  private final long reachMillis;
  private final DBOptions options = new DBOptions();
  private final ColumnFamilyOptions segmentOptions = new ColumnFamilyOptions();
  private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
  private final WriteBatch batch = new WriteBatch();
  private final NavigableMap<Long, ColumnFamilyHandle> segments = new TreeMap<>();
  private final ColumnFamilyHandle noSegment;
  private final RocksDB db;
  private ByteBuffer direct = ByteBuffer.allocateDirect(64 * Remembered.PACKED);
  private boolean open = true;

  /**
   * Opens the index of a directory, or makes it.
   *
   * @param reachMillis a segment that begins so long before the newest one is dropped
   */
  IdentityIndex(Path directory, long reachMillis, RocksMemory memory) {
    this.reachMillis = reachMillis;
    memory.configureIndex(options, segmentOptions);
    options.setCreateIfMissing(true).setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
    try (Options listing = new Options()) {
      List<byte[]> names = RocksDB.listColumnFamilies(listing, directory.toString());
      if (names.isEmpty()) {
        names = List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      db =
          RocksDB.open(
              options,
              directory.toString(),
              names.stream().map(name -> new ColumnFamilyDescriptor(name, segmentOptions)).toList(),
              handles);
      noSegment = handles.get(0);
      for (ColumnFamilyHandle handle : handles.subList(1, handles.size())) {
        segments.put(Long.valueOf(text(handle.getName())), handle);
      }
    } catch (RocksDBException e) {
      throw new ProcessorStateException("The index of identities cannot be opened", e);
    }
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.US_ASCII);
  }

  /**
   * What is remembered of identities.
   *
   * @param from the first segment of interest
   * @return for each of them the newest, or null
   */
  synchronized List<@Nullable Remembered> find(List<Identity> identities, long from) {
    if (!open) {
      throw new InvalidStateStoreException("The index of identities is closed");
    }
    List<@Nullable Remembered> found =
        new ArrayList<>(Collections.nCopies(identities.size(), (Remembered) null));
    try {
      for (var segment : segments.tailMap(from, true).descendingMap().entrySet()) {
        find(identities, segment, found);
      }
      return found;
    } catch (RocksDBException e) {
      throw new ProcessorStateException("The index of identities cannot be read", e);
    }
  }

  private void find(
      List<Identity> identities,
      Map.Entry<Long, ColumnFamilyHandle> segment,
      List<@Nullable Remembered> found)
      throws RocksDBException {
    List<byte[]> keys = new ArrayList<>(identities.size());
    List<Integer> places = new ArrayList<>(identities.size());
    for (int i = 0; i < identities.size(); i++) {
      if (found.get(i) == null) {
        keys.add(identities.get(i).bytes());
        places.add(i);
      }
    }
    if (keys.isEmpty()) {
      return;
    }
    List<byte[]> values =
        db.multiGetAsList(Collections.nCopies(keys.size(), segment.getValue()), keys);
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      if (value != null) {
        int place = places.get(i);
        found.set(place, Remembered.of(identities.get(place), value, segment.getKey()));
      }
    }
  }

  /**
   * Writes packs by segment. What is out of reach of the newest segment is dropped first, so that
   * nothing is written to a segment that the same packs put out of reach.
   */
  synchronized void write(List<Map.Entry<Long, byte[]>> packs) {
    try {
      long reach = newest(packs) - reachMillis;
      dropUpTo(reach);
      batch.clear();
      for (var pack : packs) {
        if (pack.getKey() > reach) {
          add(pack.getValue(), segment(pack.getKey()));
        }
      }
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw new ProcessorStateException("The index of identities cannot be written", e);
    }
  }

  private long newest(List<Map.Entry<Long, byte[]>> packs) {
    long newest = segments.isEmpty() ? 0 : segments.lastKey();
    for (var pack : packs) {
      newest = Math.max(newest, pack.getKey());
    }
    return newest;
  }

  private void add(byte[] pack, ColumnFamilyHandle segment) throws RocksDBException {
    if (direct.capacity() < pack.length) {
      direct = ByteBuffer.allocateDirect(pack.length);
    }
    direct.clear().put(pack);
    ByteBuffer key = direct.duplicate();
    ByteBuffer value = direct.duplicate();
    for (int at = 0; at < pack.length; at += Remembered.PACKED) {
      key.limit(at + Identity.LENGTH).position(at);
      if (Remembered.isForgotten(pack, at)) {
        byte[] gone = new byte[Identity.LENGTH];
        key.get(gone);
        batch.delete(segment, gone);
      } else {
        value.limit(at + Remembered.PACKED).position(at + Identity.LENGTH);
        batch.put(segment, key, value);
      }
    }
  }

  private ColumnFamilyHandle segment(long start) throws RocksDBException {
    ColumnFamilyHandle known = segments.get(start);
    if (known != null) {
      return known;
    }
    byte[] name = Long.toString(start).getBytes(StandardCharsets.US_ASCII);
    ColumnFamilyHandle made =
        db.createColumnFamily(new ColumnFamilyDescriptor(name, segmentOptions));
    segments.put(start, made);
    return made;
  }

  private void dropUpTo(long last) throws RocksDBException {
    NavigableMap<Long, ColumnFamilyHandle> gone = segments.headMap(last, true);
    for (ColumnFamilyHandle handle : gone.values()) {
      db.dropColumnFamily(handle);
      handle.close();
    }
    gone.clear();
  }

  /** Brings everything to disk. */
  synchronized void flush() {
    if (segments.isEmpty()) {
      return;
    }
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush, List.copyOf(segments.values()));
    } catch (RocksDBException e) {
      throw new ProcessorStateException("The index of identities cannot be flushed", e);
    }
  }

  synchronized boolean isOpen() {
    return open;
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      segments.values().forEach(ColumnFamilyHandle::close);
      segments.clear();
      noSegment.close();
      db.close();
      options.close();
      segmentOptions.close();
      writeOptions.close();
      batch.close();
    }
  }
}
