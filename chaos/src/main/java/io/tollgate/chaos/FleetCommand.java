package io.tollgate.chaos;

import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that runs a fleet for some minutes, reports, and fails when the report is not clean.
 */
abstract class FleetCommand implements Callable<Integer> {

  private static final int DIFFERENCES = 4;

  /** The run's tokens are good for a day. */
  private static final int MOST_MINUTES = 12 * 60;

  @Option(names = "--minutes", defaultValue = "5", description = "Duration of the load.")
  private int minutes;

  @Option(names = "--seed", description = "Random seed; printed if not given.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--data-dir",
      defaultValue = ".tollgate/${COMMAND-NAME}",
      description = "The data directory; deleted first.")
  private Path data = Path.of(".tollgate", "fleet");

  @Option(names = "--report", description = "Also writes the report to this file, in Markdown.")
  private Optional<Path> report = Optional.empty();

  @Spec private @Nullable CommandSpec spec;

  /** Runs the fleet; everything is stopped when this returns. */
  abstract Report run(DataDirectory directory, long seed, Duration length);

  @Override
  public final Integer call() throws IOException {
    requireBetween("--minutes", 1, MOST_MINUTES, minutes);
    Report result =
        run(new DataDirectory(data), seed.orElseGet(System::nanoTime), Duration.ofMinutes(minutes));
    result.lines().forEach(this::say);
    if (report.isPresent()) {
      Files.write(report.get(), result.lines());
    }
    return result.clean() ? 0 : DIFFERENCES;
  }

  /** Refuses an option out of its range. */
  final void requireBetween(String option, int least, int most, int value) {
    if (value < least || value > most) {
      throw new ParameterException(
          new CommandLine(this),
          "%s must be %d to %d, not %d".formatted(option, least, most, value));
    }
  }

  /** Tells people how it goes. */
  final void say(String line) {
    Output.line(Output.of(spec), line);
  }
}
