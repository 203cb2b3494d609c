package io.tollgate.metering.topology;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MalformedEventException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Who pays for an instance; decoded records of busy instances are remembered. */
final class InstanceOwners {

  private static final int REMEMBERED = 20_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<String, Optional<InstanceRecord>> known =
      new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<InstanceRecord>> eldest) {
          return size() > REMEMBERED;
        }
      };

  InstanceOwners(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  Optional<InstanceRecord> of(String instance) {
    return known.computeIfAbsent(instance, this::load);
  }

  /**
   * Takes a record of {@code account.instances}.
   *
   * @return it, or empty when it is of an unknown type
   * @throws MalformedEventException when it cannot be read
   */
  Optional<InstanceRecord> take(byte[] value) {
    Optional<InstanceRecord> record = InstanceRecord.CODEC.decode(value).map(EventEnvelope::data);
    record.ifPresent(
        instance -> {
          store.put(StoreKeys.text(instance.instance().value()), value);
          known.put(instance.instance().value(), record);
        });
    return record;
  }

  private Optional<InstanceRecord> load(String instance) {
    byte[] stored = store.get(StoreKeys.text(instance));
    return stored == null
        ? Optional.empty()
        : InstanceRecord.CODEC.decode(stored).map(EventEnvelope::data);
  }
}
