package io.tollgate.metering.topology;

import io.tollgate.model.event.WireMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Usage added to past windows by an operator; negative to take some away.
 *
 * @param instance what was used
 * @param meter what was measured
 * @param dimensions dimension values
 * @param time an instant of the windows
 * @param quantity how much
 */
public record Addition(
    String instance,
    String meter,
    SortedMap<String, String> dimensions,
    Instant time,
    BigDecimal quantity) {

  public Addition {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }

  /** The addition as a record's value. */
  public byte[] bytes() {
    return WireMapper.mapper().writeValueAsBytes(this);
  }

  static Addition of(byte[] bytes) {
    return WireMapper.mapper().readValue(bytes, Addition.class);
  }
}
