package io.tollgate.metering.openmeter;

import io.tollgate.model.MeterKey;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A meter as OpenMeter's clients know it: its latest version.
 *
 * @param id its name
 * @param slug its name
 * @param name its name
 * @param aggregation how events become a quantity
 * @param eventType the CloudEvents type it counts
 * @param valueProperty JSONPath of the value in an event's data
 * @param groupBy dimension name to JSONPath in an event's data
 * @param metadata unit and version
 * @param createdAt when its first version takes effect
 * @param updatedAt when this version takes effect
 */
record MeterView(
    MeterKey id,
    MeterKey slug,
    MeterKey name,
    Aggregation aggregation,
    String eventType,
    Optional<String> valueProperty,
    SortedMap<String, String> groupBy,
    Map<String, String> metadata,
    Instant createdAt,
    Instant updatedAt) {

  static MeterView of(List<MeterDefinition> versions) {
    MeterDefinition last = versions.getLast();
    SortedMap<String, String> groupBy = new TreeMap<>();
    last.dimensions().forEach((name, pointer) -> groupBy.put(name, jsonPath(pointer)));
    return new MeterView(
        last.meter(),
        last.meter(),
        last.meter(),
        last.aggregation(),
        last.eventType(),
        last.valuePointer().map(MeterView::jsonPath),
        groupBy,
        Map.of("unit", last.unit(), "version", Integer.toString(last.version())),
        versions.getFirst().effectiveFrom(),
        last.effectiveFrom());
  }

  /** A JSON Pointer in the notation of JSONPath (RFC 9535). */
  static String jsonPath(String pointer) {
    StringBuilder path = new StringBuilder("$");
    if (pointer.isEmpty()) {
      return path.toString();
    }
    for (String part : pointer.substring(1).split("/", -1)) {
      String name = part.replace("~1", "/").replace("~0", "~");
      if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        path.append('.').append(name);
      } else if (name.matches("0|[1-9][0-9]*")) {
        path.append('[').append(name).append(']');
      } else {
        path.append("['").append(name.replace("\\", "\\\\").replace("'", "\\'")).append("']");
      }
    }
    return path.toString();
  }
}
