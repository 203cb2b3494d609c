package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.meter.MeterDirectory;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the meters of the topic in the global store and in the directory. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class MeterProcessor implements Processor<byte[], byte[], Void, Void> {

  static final String STORE = "meters";

  private final MeterDirectory directory;
  private KeyValueStore<Bytes, byte[]> store;

  MeterProcessor(MeterDirectory directory) {
    this.directory = directory;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(STORE);
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
    directory.take(new String(key, UTF_8), value);
  }
}
