package io.tollgate.client.metering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A meter to be defined, or its next version.
 *
 * @param meter its name
 * @param eventType the type of the events that it counts
 * @param aggregation SUM, COUNT, MAX, LATEST or UNIQUE_COUNT
 * @param valuePointer JSON Pointer into the event's data; empty for COUNT only
 * @param dimensions dimension name to JSON Pointer into the event's data
 * @param unit unit of the quantity, e.g. {@code GB}
 * @param emits HOURLY, DAILY or both
 * @param effectiveFrom start of a local day; now where empty and it is the first version
 */
public record NewMeter(
    String meter,
    String eventType,
    String aggregation,
    Optional<String> valuePointer,
    Map<String, String> dimensions,
    String unit,
    List<String> emits,
    Optional<Instant> effectiveFrom) {

  /** The sum of a value, by hour and by day, without dimensions. */
  public static NewMeter sum(String meter, String eventType, String valuePointer, String unit) {
    return new NewMeter(
        meter,
        eventType,
        "SUM",
        Optional.of(valuePointer),
        Map.of(),
        unit,
        List.of("HOURLY", "DAILY"),
        Optional.empty());
  }
}
