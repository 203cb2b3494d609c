package io.tollgate.metering.testing;

import io.tollgate.testing.SharedResource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A service with meters of three kinds, for tests that need nothing special. Its clock only goes
 * forward: tests begin with the next hour, and have instances and accounts of their own.
 */
public final class SharedMetering extends SharedResource<RunningMetering> {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** Totals are written between commits too. */
  private static final Map<String, String> SETTINGS =
      Map.of("tollgate.metering.hot-totals", "2", "tollgate.metering.listed-records", "30");

  /** Used by JUnit. */
  public SharedMetering() {
    super(RunningMetering.class);
  }

  @Override
  protected RunningMetering start(Path directory) {
    RunningMetering metering = new RunningMetering(directory, START, SETTINGS);
    metering.meter(
        """
        {"meter":"cpu","eventType":"cpu.used","aggregation":"SUM","valuePointer":"/seconds",
         "dimensions":{"size":"/size"},"unit":"s","emits":["HOURLY","DAILY"]}\
        """);
    metering.meter(
        """
        {"meter":"peak","eventType":"load","aggregation":"MAX","valuePointer":"/load",
         "unit":"1","emits":["HOURLY"]}\
        """);
    metering.meter(
        """
        {"meter":"users","eventType":"login","aggregation":"UNIQUE_COUNT","valuePointer":"/user",
         "unit":"1","emits":["HOURLY"]}\
        """);
    return metering;
  }
}
