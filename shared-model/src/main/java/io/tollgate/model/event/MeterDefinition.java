package io.tollgate.model.event;

import io.tollgate.model.Granularity;
import io.tollgate.model.Identifiers;
import io.tollgate.model.MeterKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A version of a meter, which never changes but may be withdrawn before it starts; on the compacted
 * topic {@code meters}, keyed {@code <meter>@<version>}.
 *
 * @param meter its name
 * @param version 1, 2, 3 ...
 * @param eventType the CloudEvents {@code type} it counts, up to {@value #MAX_TEXT_LENGTH}
 *     characters
 * @param aggregation how
 * @param valuePointer JSON Pointer (RFC 6901) into the event's {@code data}, up to {@value
 *     #MAX_TEXT_LENGTH} characters; empty for COUNT only
 * @param dimensions dimension name, an identifier, to JSON Pointer into {@code data}; up to {@value
 *     #MAX_DIMENSIONS}
 * @param unit unit of the quantity, up to {@value #MAX_UNIT_LENGTH} characters
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

  /** Longest event type or pointer, in characters. */
  public static final int MAX_TEXT_LENGTH = 256;

  /** Longest unit, in characters. */
  public static final int MAX_UNIT_LENGTH = 32;

  /** Most dimensions. */
  public static final int MAX_DIMENSIONS = 16;

  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");

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

  /**
   * Whether a text is a pointer that a meter may have.
   *
   * @param text empty, or parts that each begin with a slash
   */
  public static boolean isPointer(String text) {
    return text.isEmpty()
        || (text.startsWith("/")
            && text.length() <= MAX_TEXT_LENGTH
            && !BAD_ESCAPE.matcher(text).find());
  }

  /**
   * Whether a text says something and is no longer than allowed.
   *
   * @param maxLength in characters
   */
  public static boolean isText(String text, int maxLength) {
    return !text.isBlank() && text.length() <= maxLength;
  }

  /**
   * Whether these are dimensions that a meter may have, their pointers apart.
   *
   * @param names each an identifier
   */
  public static boolean areDimensions(Set<String> names) {
    return names.size() <= MAX_DIMENSIONS && names.stream().allMatch(Identifiers::isValid);
  }

  public MeterDefinition {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    emits = Set.copyOf(emits);
    require(
        !emits.isEmpty() && version >= 1,
        "a meter emits hourly, daily or both, in versions from 1");
    require(
        valuePointer.isEmpty() == (aggregation == Aggregation.COUNT),
        "every aggregation but COUNT, and only those, reads a value");
    require(
        isText(eventType, MAX_TEXT_LENGTH) && isText(unit, MAX_UNIT_LENGTH),
        "the event type or the unit is blank or too long");
    require(areDimensions(dimensions.keySet()), "too many dimensions, or one has no name");
    require(
        Stream.concat(valuePointer.stream(), dimensions.values().stream())
            .allMatch(MeterDefinition::isPointer),
        "what it reads is no JSON Pointer");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
