package io.tollgate.model.event;

import io.tollgate.model.Granularity;
import io.tollgate.model.MeterKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An immutable version of a meter; on the compacted topic {@code meters}, keyed {@code
 * <meter>@<version>}.
 *
 * @param meter its name
 * @param version 1, 2, 3 ...
 * @param eventType the CloudEvents {@code type} it counts
 * @param aggregation how
 * @param valuePointer JSON Pointer (RFC 6901) into the event's {@code data}; empty for COUNT only
 * @param dimensions dimension name to JSON Pointer into {@code data}
 * @param unit unit of the quantity
 * @param emits what is emitted: by hour, by day, or both
 * @param effectiveFrom first window start it counts; on a day boundary of the billing zone
 */
public record MeterDefinition(
    MeterKey meter,
    int version,
    String eventType,
    Aggregation aggregation,
    Optional<String> valuePointer,
    SortedMap<String, String> dimensions,
    String unit,
    Set<Emission> emits,
    Instant effectiveFrom) {

  /** The codec of the topic {@code meters}. */
  public static final EventCodec<MeterDefinition> CODEC =
      EventCodec.of(Map.of("tollgate.meter.v1", MeterDefinition.class));

  /** What a meter emits. */
  public enum Emission {
    HOURLY,
    DAILY;

    /** What is emitted in windows of a length. */
    public static Emission of(Granularity granularity) {
      return switch (granularity) {
        case HOUR -> HOURLY;
        case DAY -> DAILY;
      };
    }
  }

  /** The key of its record. */
  public String key() {
    return meter.value() + "@" + version;
  }

  public MeterDefinition {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    emits = Set.copyOf(emits);
    if (emits.isEmpty() || version < 1) {
      throw new IllegalArgumentException("a meter emits hourly, daily or both, in versions from 1");
    }
    if (valuePointer.isEmpty() != (aggregation == Aggregation.COUNT)) {
      throw new IllegalArgumentException(
          "every aggregation but COUNT, and only those, reads a value");
    }
  }
}
