package io.tollgate.metering.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
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
  private static final int METADATA_BLOCK_BYTES = 4 * 1024;

  /** Part of a write buffer that says which keys are not in it. */
  private static final double MEMTABLE_FILTER = 0.1;

  private static final double FILTER_BITS = 10;

  private final Cache cache;
  private final BloomFilter filter;
  private final WriteBufferManager writeBuffers;

  RocksMemory(long bytes) {
    RocksDB.loadLibrary();
    filter = new BloomFilter(FILTER_BITS);
    cache = new LRUCache(bytes, -1, false, 0.1);
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  /** Gives the index of identities its share, and what makes it quick to say no. */
  void configureIndex(DBOptions options, ColumnFamilyOptions segment) {
    options.setWriteBufferManager(writeBuffers);
    segment
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER)
        .setMemtableWholeKeyFiltering(true)
        .setTableFormatConfig(
            tables(
                new BlockBasedTableConfig()
                    .setFilterPolicy(filter)
                    // In pieces: else, when there are more than fit, each look-up reads megabytes.
                    .setIndexType(IndexType.kTwoLevelIndexSearch)
                    .setPartitionFilters(true)
                    .setMetadataBlockSize(METADATA_BLOCK_BYTES)));
  }

  private BlockBasedTableConfig tables(BlockBasedTableConfig config) {
    return config
        .setBlockCache(cache)
        .setBlockSize(BLOCK_BYTES)
        .setCacheIndexAndFilterBlocks(true)
        .setPinTopLevelIndexAndFilter(true);
  }

  @Override
  public void close() {
    filter.close();
    writeBuffers.close();
    cache.close();
  }

  /** Gives each store the shared memory. */
  public static final class Setter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (configs.get(CONFIG) instanceof RocksMemory memory
          && options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
        options.setWriteBufferManager(memory.writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        options.setTableFormatConfig(memory.tables(table));
      }
    }

    @Override
    public void close(String storeName, Options options) {
      // The cache is shared and closed with the last store.
    }
  }
}
