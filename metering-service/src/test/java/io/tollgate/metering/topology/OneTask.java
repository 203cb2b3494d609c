package io.tollgate.metering.topology;

import io.tollgate.model.event.Aggregation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A task that sums units for the instance {@code a}; a fresh one for each test. */
abstract class OneTask {

  /** The last tick; 08:00 in the billing zone. */
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir Path directory;
  MeteringDriver task;

  @BeforeEach
  void start() {
    task = new MeteringDriver(directory, settings());
    task.meter("units", "used", Aggregation.SUM);
    task.register("a");
    task.tick(START);
  }

  @AfterEach
  void stop() {
    task.close();
  }

  /** Settings that differ from the defaults. */
  Map<String, String> settings() {
    return Map.of();
  }

  /** An event of the instance at the start. */
  static String used(String id, String value) {
    return MeteringDriver.event("a", id, "used", START, value);
  }
}
