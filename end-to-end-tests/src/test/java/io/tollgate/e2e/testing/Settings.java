package io.tollgate.e2e.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
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
 * @param options further options of the command {@code up}
 */
public record Settings(
    Instant start, ZoneId zone, Map<String, String> properties, List<String> options) {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** Keeps its own copies. */
  public Settings {
    properties = Map.copyOf(properties);
    options = List.copyOf(options);
  }

  /** The usual zone; windows close exactly at their ends, so that instants can be foretold. */
  public static Settings startingAt(Instant start) {
    return new Settings(start, SHANGHAI, Map.of(), List.of()).withGrace(Duration.ZERO);
  }

  /** In another billing zone. */
  public Settings in(ZoneId other) {
    return new Settings(start, other, properties, options);
  }

  /** With another time between a window's end and its first revision. */
  public Settings withGrace(Duration grace) {
    return with("tollgate.metering.grace", grace.toString());
  }

  /** With a system property. */
  public Settings with(String name, String value) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(name, value);
    return new Settings(start, zone, more, options);
  }

  /** With an archive of the database's log. */
  public Settings archivingTo(Path directory) {
    return new Settings(start, zone, properties, List.of("--archive", directory.toString()));
  }

  /** Arguments of the command {@code up}. */
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of("--test-clock", "--start", start.toString(), "--zone", zone.getId()));
    arguments.addAll(options);
    return arguments;
  }

  /** Arguments of the Java virtual machine. */
  Stream<String> systemProperties() {
    return properties.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(property -> "-D" + property.getKey() + "=" + property.getValue());
  }
}
