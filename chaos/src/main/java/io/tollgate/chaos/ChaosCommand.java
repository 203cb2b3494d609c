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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code tollgate chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Runs broker, database and the services as processes under load, kills, restarts, pauses and",
      "delays them, and compares every account with its own model of what was acknowledged.",
      "Exits with 0 when every hour of every account is billed as acknowledged, all money is where",
      "it belongs, all audits are green, and no process ended that was not made to."
    })
public final class ChaosCommand implements Callable<Integer> {

  private static final int DIFFERENCES = 4;

  /** The run's tokens are good for a day. */
  private static final int MOST_MINUTES = 12 * 60;

  @Option(names = "--minutes", defaultValue = "5", description = "How long faults go on.")
  private int minutes;

  @Option(names = "--seed", description = "Decides load and faults; printed when not given.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--data-dir", defaultValue = ".tollgate/chaos", description = "Wiped first.")
  private Path data = Path.of(".tollgate", "chaos");

  @Option(names = "--report", description = "Writes the report to this file too, in Markdown.")
  private Optional<Path> report = Optional.empty();

  @Spec private @Nullable CommandSpec spec;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw new ParameterException(
          new CommandLine(this), "--minutes is 1 to " + MOST_MINUTES + ", not " + minutes);
    }
    ChaosReport result =
        new ChaosRun(new DataDirectory(data), seed.orElseGet(System::nanoTime), this::say)
            .run(Duration.ofMinutes(minutes));
    result.lines().forEach(this::say);
    if (report.isPresent()) {
      Files.write(report.get(), result.lines());
    }
    return result.clean() ? 0 : DIFFERENCES;
  }

  private void say(String line) {
    Output.line(Output.of(spec), line);
  }
}
