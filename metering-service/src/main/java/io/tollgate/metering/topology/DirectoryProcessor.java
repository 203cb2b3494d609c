package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps what a compacted topic says in a global store and in the directory that tasks read. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class DirectoryProcessor implements Processor<byte[], byte[], Void, Void> {

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
    directory.accept(new String(key, UTF_8), value);
  }
}
