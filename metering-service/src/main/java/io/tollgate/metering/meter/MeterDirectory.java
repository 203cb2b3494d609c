package io.tollgate.metering.meter;

import io.tollgate.model.MeterKey;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /** Takes a record of the topic {@code meters}; one that cannot be read is logged and left out. */
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

  /**
   * What the topic says.
   *
   * @param catalogue of the records that can be read
   * @param unreadable keys of those that cannot
   */
  record Read(MeterCatalogue catalogue, Set<String> unreadable) {

    /** Whether a version of the meter is among those that cannot be read. */
    boolean isUnreadable(MeterKey meter) {
      return unreadable.stream().anyMatch(key -> key.startsWith(meter.value() + "@"));
    }
  }

  /** What all records of the topic say. */
  static Read read(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, MeterDefinition> definitions = new TreeMap<>();
    Set<String> unreadable = new TreeSet<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.key() != null && record.value() != null) {
        unreadable.add(record.key());
        read(record.key(), record.value())
            .ifPresent(
                definition -> {
                  definitions.put(record.key(), definition);
                  unreadable.remove(record.key());
                });
      }
    }
    return new Read(new MeterCatalogue(definitions.values()), unreadable);
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
      log.error("The meter {} cannot be read and is left out", key, e);
      return Optional.empty();
    }
  }
}
