package io.tollgate.metering.meter;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters this instance knows; fed by the global store, read by every task.
 *
 * <p>A catalogue is never changed, only replaced.
 */
public final class MeterDirectory {

  private static final Logger log = LoggerFactory.getLogger(MeterDirectory.class);

  private final Map<String, MeterDefinition> definitions = new TreeMap<>();
  private volatile MeterCatalogue catalogue = MeterCatalogue.EMPTY;

  /** The catalogue as known now. */
  public MeterCatalogue catalogue() {
    return catalogue;
  }

  /** Takes a record of the topic {@code meters}; one that can't be read is logged and left out. */
  public synchronized void take(String key, byte[] value) {
    read(key, value)
        .ifPresent(
            definition -> {
              Map<String, MeterDefinition> all = new TreeMap<>(definitions);
              all.put(key, definition);
              catalogue = new MeterCatalogue(all.values());
              definitions.put(key, definition);
            });
  }

  /** The catalogue of all records of the topic; those that can't be read are left out. */
  static MeterCatalogue catalogueOf(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, MeterDefinition> definitions = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.key() != null && record.value() != null) {
        read(record.key(), record.value())
            .ifPresent(definition -> definitions.put(record.key(), definition));
      }
    }
    return new MeterCatalogue(definitions.values());
  }

  private static Optional<MeterDefinition> read(String key, byte[] value) {
    try {
      Optional<MeterDefinition> definition =
          MeterDefinition.CODEC.decode(value).map(EventEnvelope::data);
      if (definition.filter(read -> !read.key().equals(key)).isPresent()) {
        throw new MalformedEventException("it is " + definition.get().key());
      }
      return definition;
    } catch (MalformedEventException | IllegalArgumentException e) {
      log.error("The meter {} can't be read and is left out", key, e);
      return Optional.empty();
    }
  }
}
