package io.tollgate.chaos.fuzz;

import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code tollgate fuzz}. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything, sends seeded requests to every documented operation and seeded records",
      "to every topic, and checks every answer and that protected accounts are unchanged.",
      "Exits with 0 if nothing failed, hung, leaked or stalled, and all audits pass."
    })
public final class FuzzCommand implements Callable<Integer> {

  private static final int DIFFERENCES = 4;

  @Option(names = "--requests", defaultValue = "20000", description = "Number to send.")
  private long requests;

  @Option(names = "--records", defaultValue = "5000", description = "Number to send.")
  private long records;

  @Option(names = "--seed", description = "Random seed; printed if not given.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--data-dir",
      defaultValue = ".tollgate/fuzz",
      description = "The data directory; deleted first.")
  private Path data = Path.of(".tollgate", "fuzz");

  @Option(names = "--report", description = "Also writes the report to this file, in Markdown.")
  private Optional<Path> report = Optional.empty();

  @Spec private @Nullable CommandSpec spec;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FuzzCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (requests < 0 || records < 0) {
      throw new ParameterException(new CommandLine(this), "counts must not be negative");
    }
    FuzzReport result =
        new FuzzRun(new DataDirectory(data), seed.orElseGet(System::nanoTime), this::say)
            .run(requests, records);
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
