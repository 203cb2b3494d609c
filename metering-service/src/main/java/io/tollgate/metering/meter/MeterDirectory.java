package io.tollgate.metering.meter;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import java.util.Map;
import java.util.TreeMap;
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
    try {
      MeterDefinition.CODEC.decode(value).map(EventEnvelope::data).ifPresent(m -> add(key, m));
    } catch (MalformedEventException | IllegalArgumentException e) {
      log.error("The meter {} can't be read and is left out", key, e);
    }
  }

  private void add(String key, MeterDefinition definition) {
    if (!key.equals(definition.key())) {
      throw new MalformedEventException("it is " + definition.key());
    }
    Map<String, MeterDefinition> more = new TreeMap<>(definitions);
    more.put(key, definition);
    catalogue = new MeterCatalogue(more.values());
    definitions.put(key, definition);
  }
}
