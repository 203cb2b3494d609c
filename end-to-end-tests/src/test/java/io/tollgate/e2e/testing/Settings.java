package io.tollgate.e2e.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a deployment under test differs in. Its clock is always driven; events may be 35 days old
 * and 25 hours ahead.
 *
 * @param start where the clock begins, on a fresh directory
 * @param zone the billing zone
 * @param properties system properties of the process: settings that standalone does not set itself
 */
public record Settings(Instant start, ZoneId zone, Map<String, String> properties) {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** Keeps its own copy. */
  public Settings {
    properties = Map.copyOf(properties);
  }

  /** The usual zone; windows close exactly at their ends, so that instants can be foretold. */
  public static Settings startingAt(Instant start) {
    return new Settings(start, SHANGHAI, Map.of()).withGrace(Duration.ZERO);
  }

  /** In another billing zone. */
  public Settings in(ZoneId other) {
    return new Settings(start, other, properties);
  }

  /** With another time between a window's end and its first revision. */
  public Settings withGrace(Duration grace) {
    return with("tollgate.metering.grace", grace.toString());
  }

  /** With a system property. */
  public Settings with(String name, String value) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(name, value);
    return new Settings(start, zone, more);
  }

  /** Arguments of the command {@code up}. */
  List<String> arguments() {
    return List.of("--test-clock", "--start", start.toString(), "--zone", zone.getId());
  }

  /** Arguments of the Java virtual machine. */
  Stream<String> options() {
    return properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(property -> "-D" + property.getKey() + "=" + property.getValue());
  }
}
