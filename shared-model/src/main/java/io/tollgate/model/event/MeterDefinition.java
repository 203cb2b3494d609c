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
 * A version of a meter, which never changes but may be withdrawn before it starts; on the compacted
 * topic {@code meters}, keyed {@code <meter>@<version>}.
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
 * @param withdrawal who took it back before it started; it then never counts, and its number stays
 *     used
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
    Instant effectiveFrom,
    Optional<Withdrawal> withdrawal) {

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

  /**
   * That a version was taken back.
   *
   * @param at when, in business time
   * @param by who did it
   * @param reason why
   */
  public record Withdrawal(Instant at, String by, String reason) {}

  /** A version that stands. */
  public MeterDefinition(
      MeterKey meter,
      int version,
      String eventType,
      Aggregation aggregation,
      Optional<String> valuePointer,
      SortedMap<String, String> dimensions,
      String unit,
      Set<Emission> emits,
      Instant effectiveFrom) {
    this(
        meter,
        version,
        eventType,
        aggregation,
        valuePointer,
        dimensions,
        unit,
        emits,
        effectiveFrom,
        Optional.empty());
  }

  /** The same, taken back. */
  public MeterDefinition withdrawn(Withdrawal by) {
    return with(effectiveFrom, Optional.of(by));
  }

  /** The same, as if it started at another instant. */
  public MeterDefinition startingAt(Instant start) {
    return with(start, withdrawal);
  }

  private MeterDefinition with(Instant start, Optional<Withdrawal> takenBack) {
    return new MeterDefinition(
        meter,
        version,
        eventType,
        aggregation,
        valuePointer,
        dimensions,
        unit,
        emits,
        start,
        takenBack);
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
