package io.tollgate.bench;

import io.tollgate.standalone.AuditReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmark's command line: {@code tollgate bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures ingest over HTTP, aggregation, intake of usage, and rating with posting, beside",
      "their limits. Most accounts have funds: what debts cost besides is not charging.",
      "Settings are the product's: acks=all, exactly once, dedup, fsync. Ends with the audit."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Instant MIDNIGHT = Instant.parse("2024-02-29T16:00:00Z");

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "P1,P3,P4",
      description = "Figures: P1 ingest, P3 aggregation, P4 charging.")
  private Set<String> only = Set.of();

  @Option(names = "--events", defaultValue = "2000000", description = "Events for P1 and P3.")
  private int events;

  @Option(
      names = "--warm-up",
      defaultValue = "1000000",
      description = "Events posted and aggregated before, while the JIT compiles.")
  private int warmUp;

  @Option(
      names = "--accounts",
      defaultValue = "10000",
      description = "Accounts with one line in a bill; a tenth as many have more.")
  private int accounts;

  @Option(
      names = "--instances",
      defaultValue = "10",
      description = "Instances of an account that has several.")
  private int instances;

  @Option(
      names = "--meters",
      defaultValue = "3",
      description = "Meters of an instance of an account that has several.")
  private int meters;

  @Option(names = "--lines", defaultValue = "60000", description = "Lines for P4, either way.")
  private int lines;

  @Option(
      names = "--unfunded",
      defaultValue = "1",
      description = "Percent of the accounts that have no funds and fall into arrears.")
  private int unfunded;

  @Option(
      names = "--hours",
      defaultValue = "6",
      description = "Hours that the events for P1 and P3 are spread over.")
  private int hours;

  @Option(names = "--data-dir", defaultValue = ".tollgate/bench", description = "Wiped first.")
  private Path data = Path.of(".tollgate", "bench");

  @Spec private @Nullable CommandSpec spec;

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    boolean green = true;
    for (Benchmark benchmark : benchmarks()) {
      if (!Collections.disjoint(benchmark.figures(), only)) {
        green &= run(benchmark);
      }
    }
    return green ? 0 : 4;
  }

  private List<Benchmark> benchmarks() {
    Population narrow = new Population("a", accounts, 1, 1);
    Population wide = new Population("w", Math.max(1, accounts / 10), instances, meters);
    Sample sample = new Sample(narrow, MIDNIGHT, hours, warmUp + events);
    return List.of(
        new IngestBenchmark(sample, warmUp, unfunded),
        new ChargingBenchmark(List.of(narrow, wide), lines, unfunded));
  }

  private boolean run(Benchmark benchmark) throws Exception {
    try (RunningSystem system = RunningSystem.start(data.toAbsolutePath(), MIDNIGHT)) {
      report(benchmark.run(system));
      AuditReport audit = AuditReport.of(system.api());
      audit.lines().forEach(this::say);
      say(audit.green() ? "audit: green" : "audit: RED");
      return audit.green();
    }
  }

  private void report(List<Comparison> comparisons) {
    for (Comparison each : comparisons) {
      say(each.ours().line());
      each.limit()
          .ifPresent(
              limit ->
                  say(
                      "  %s   ratio %.3f"
                          .formatted(limit.line(), each.ours().perSecond() / limit.perSecond())));
    }
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
