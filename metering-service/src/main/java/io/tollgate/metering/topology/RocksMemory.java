package io.tollgate.metering.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all state stores: RocksDB's own defaults are per store, and there are
 * dozens.
 */
public final class RocksMemory implements AutoCloseable {

  /** Under this name the settings of Kafka Streams carry the memory. */
  static final String CONFIG = "tollgate.rocks.memory";

  private static final long WRITE_BUFFER_BYTES = 8L * 1024 * 1024;
  private static final int WRITE_BUFFERS = 3;
  private static final int BLOCK_BYTES = 8 * 1024;

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  RocksMemory(long bytes) {
    RocksDB.loadLibrary();
    cache = new LRUCache(bytes, -1, false, 0.1);
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Gives each store the shared memory. */
  public static final class Setter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (configs.get(CONFIG) instanceof RocksMemory memory
          && options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
        table.setBlockCache(memory.cache);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(memory.writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        options.setTableFormatConfig(table);
      }
    }

    @Override
    public void close(String storeName, Options options) {
      // The cache is shared and closed with the last store.
    }
  }
}
