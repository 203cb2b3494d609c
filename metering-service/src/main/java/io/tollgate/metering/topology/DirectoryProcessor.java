package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a compacted topic says in a global store and in the directory that tasks read.
 *
 * <p>All tasks of the instance stand while its thread does: a record that the directory fails to
 * take is logged and left out.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class DirectoryProcessor implements Processor<byte[], byte[], Void, Void> {

  private static final Logger log = LoggerFactory.getLogger(DirectoryProcessor.class);

  private final String storeName;
  private final BiConsumer<String, byte[]> directory;
  private KeyValueStore<Bytes, byte[]> store;

  /**
   * @param directory takes each key with its newest value
   */
  DirectoryProcessor(String storeName, BiConsumer<String, byte[]> directory) {
    this.storeName = storeName;
    this.directory = directory;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(storeName);
    try (KeyValueIterator<Bytes, byte[]> known = store.all()) {
      known.forEachRemaining(entry -> take(entry.key.get(), entry.value));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() != null && record.value() != null) {
      store.put(Bytes.wrap(record.key()), record.value());
      take(record.key(), record.value());
    }
  }

  private void take(byte[] key, byte[] value) {
    String name = new String(key, UTF_8);
    try {
      directory.accept(name, value);
    } catch (RuntimeException e) {
      log.error("{} of topic {} cannot be used and is left out", name, storeName, e);
    }
  }
}
