package io.tollgate.bench;

import io.tollgate.standalone.DataDirectory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmark's command line: {@code tollgate bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Measures the running system next to the limits of the parts it is built on, in several",
      "rounds, and prints medians and spreads. This process generates the load; the system",
      "runs in another, with production settings: acks=all, exactly once, dedup, fsync.",
      "Every benchmark ends with the audit of all services. Exit code 4: an audit failed; 1: a",
      "metric could not be measured; the others are shown."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int RED = 4;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "P1,P3",
      description = "The metrics to measure; metrics measured along with them are shown too.")
  private @Nullable Set<String> only;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes every round to FILE.")
  private @Nullable Path json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".tollgate/bench",
      description = "The data directory; deleted before each start.")
  private Path data = Path.of(".tollgate", "bench");

  @Option(
      names = "--traced",
      description = "Records a trace of every request and exports it to this process.")
  private boolean traced;

  @Mixin private Sizes sizes = new Sizes();

  @Spec private @Nullable CommandSpec spec;

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> chosen = chosen();
    List<Measurement> measurements = new ArrayList<>();
    boolean whole = true;
    DataDirectory directory = new DataDirectory(data);
    try (TraceSink traces = TraceSink.start();
        Systems systems =
            new Systems(
                directory,
                sizes.isSmall(),
                sizes.meters(),
                traced ? traces.environment() : Map.of(),
                this::say)) {
      for (Benchmark benchmark : chosen) {
        Stopwatch watch = Stopwatch.start();
        say(String.join(", ", new TreeSet<>(benchmark.figures())));
        try {
          measurements.addAll(benchmark.run(systems));
        } catch (Exception e) {
          // What was measured before, and what comes after, is not lost with it.
          say("  failed: " + e);
          whole = false;
        }
        say("  took %.0f s".formatted(watch.seconds()));
      }
      if (traced) {
        say("%,d bytes of traces received".formatted(traces.bytes()));
      }
      say("");
      Machine machine = Machine.here();
      ResultTable.lines(machine, measurements).forEach(this::say);
      if (json != null) {
        Files.writeString(json, ResultFile.json(machine, measurements));
      }
      return !systems.areGreen() ? RED : whole ? 0 : FAILED;
    }
  }

  private List<Benchmark> chosen() {
    List<Benchmark> all =
        List.of(
            new IngestBenchmark(sizes),
            new RequestBenchmark(sizes),
            new ChargingBenchmark(sizes),
            new SustainedBenchmark(sizes),
            new RatingBenchmark(sizes),
            new PenaltyBenchmark(sizes),
            new GrowthBenchmark(sizes),
            new HourBenchmark(sizes),
            new StartBenchmark(sizes));
    Set<String> known = new TreeSet<>();
    all.forEach(each -> known.addAll(each.figures()));
    Set<String> wanted = Optional.ofNullable(only).orElse(known);
    if (!known.containsAll(wanted)) {
      throw new ParameterException(commandLine(), "figures are " + String.join(", ", known));
    }
    return all.stream().filter(each -> !Collections.disjoint(each.figures(), wanted)).toList();
  }

  private CommandLine commandLine() {
    return Optional.ofNullable(spec).orElseThrow().commandLine();
  }

  private void say(String line) {
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
            : spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
