package io.tollgate.standalone;

import io.tollgate.standalone.demo.CloudWatchSample;
import io.tollgate.standalone.demo.DemoReport;
import io.tollgate.standalone.demo.DemoRun;
import io.tollgate.standalone.demo.Export;
import io.tollgate.standalone.demo.Sample;
import io.tollgate.standalone.demo.SampleGenerator;
import io.tollgate.support.time.driver.ClockDriver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates a month of a small cloud on a new data directory and prints what happened:"
          + " two weeks of usage, a hundred accounts, every billing cycle and price kind. Then"
          + " verifies all of it with an independent recomputation (needs Python 3)."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int FIRST_PORT = 8081;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".tollgate/demo",
      description =
          "The data directory: deleted first if an earlier demo created it, and kept afterwards"
              + " (default: ${DEFAULT-VALUE}).")
  private Path path = Path.of(".tollgate", "demo");

  @Option(
      names = "--cloudwatch",
      paramLabel = "DIR",
      description = "Adds a customer for each CloudWatch CSV export in DIR.")
  private @Nullable Path cloudWatch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20260301",
      description = "Seed of the generated sample (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--deployment",
      paramLabel = "DIR",
      description =
          "Runs the month on services that are already running and have not been used: on ports"
              + " 8081 to 8084 of this machine, with a test clock that begins at"
              + " 2026-02-28T16:00:00Z. DIR/keys holds the key that signs their tokens.")
  private @Nullable Path deployment;

  @Option(names = "--no-recompute", description = "Skips the recomputation.")
  private boolean withoutRecomputation;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Output.of(spec);
    DataDirectory directory = new DataDirectory(path);
    Stopwatch watch = new Stopwatch();
    if (directory.running().isPresent()) {
      throw new CommandException("a process is already running on " + directory.root());
    }
    if (cloudWatch != null && !Files.isDirectory(cloudWatch)) {
      throw new CommandException("--cloudwatch %s: not a directory".formatted(cloudWatch));
    }
    if (deployment != null && !new DataDirectory(deployment).hasKey()) {
      throw new CommandException(
          "--deployment %s: holds no key of a deployment (keys/signing-key.pem)"
              .formatted(deployment));
    }
    requireOfDemo(directory);
    directory.wipe();
    Logs.to(directory);
    Sample sample = new Sample(directory.part("input"));
    new SampleGenerator(sample, seed).write();
    if (cloudWatch != null) {
      new CloudWatchSample(sample).add(cloudWatch);
    }
    Output.line(out, watch.stamp("sample written to " + sample.directory()));
    boolean green =
        deployment == null
            ? runOnItsOwn(directory, sample, watch, out)
            : runOn(new DataDirectory(deployment), directory, sample, watch, out);
    if (!withoutRecomputation) {
      green &= recomputed(directory, out);
    }
    Output.line(out, watch.stamp("done"));
    return green ? ExitCode.DONE : ExitCode.DIFFERENCE;
  }

  /** A mistyped directory must not cost a deployment its books. */
  private static void requireOfDemo(DataDirectory directory) {
    if (directory.isUsed() && !Files.isDirectory(directory.root().resolve("input"))) {
      throw new CommandException(
          "%s belongs to a deployment of 'tollgate up', which the demo would delete: choose another with"
                  .formatted(directory.root())
              + " --data-dir");
    }
  }

  private static boolean runOnItsOwn(
      DataDirectory directory, Sample sample, Stopwatch watch, PrintWriter out) {
    Settings settings = new Settings(Optional.of(DemoRun.start()), Settings.ZONE, 0, 0);
    try (Deployment deployment =
            Deployment.start(
                directory, settings, part -> Output.line(out, watch.stamp("starting " + part)));
        ClockDriver driver = ClockCommand.driver(directory, deployment.process())) {
      Api api = Api.of(directory, deployment.process());
      boolean green = run(api, driver, directory, sample, watch, out);
      Output.line(out, "%,d e-mails received".formatted(deployment.smtp().received().size()));
      return green;
    }
  }

  private static boolean runOn(
      DataDirectory deployment,
      DataDirectory directory,
      Sample sample,
      Stopwatch watch,
      PrintWriter out) {
    RunningProcess services = new RunningProcess(0, Ports.from(FIRST_PORT), true, Settings.ZONE);
    try (ClockDriver driver = ClockCommand.driver(deployment, services)) {
      if (!driver.now().equals(DemoRun.start())) {
        throw new CommandException(
            "the clocks of the services are at %s: the month needs new ones, at %s"
                .formatted(driver.now(), DemoRun.start()));
      }
      return run(Api.of(deployment, services), driver, directory, sample, watch, out);
    }
  }

  /** Runs the month, exports what the services say of it, and prints a report. */
  private static boolean run(
      Api api,
      ClockDriver driver,
      DataDirectory directory,
      Sample sample,
      Stopwatch watch,
      PrintWriter out) {
    DemoRun run = new DemoRun(api, driver, sample, day -> Output.line(out, watch.stamp(day)));
    run.run();
    Export export = Export.of(api, run.accounts());
    export.write(directory.part("export"));
    Output.line(out, watch.stamp("exported to " + directory.part("export")));
    AuditReport audit = AuditReport.of(api);
    DemoReport.of(export, run.commands(), audit).forEach(line -> Output.line(out, line));
    Output.line(out, "");
    Output.line(out, "%,d events, %d accounts".formatted(run.events(), run.accounts().size()));
    return audit.green();
  }

  /** Runs the script that recomputes every line, penalty and notice from the input files alone. */
  private static boolean recomputed(DataDirectory directory, PrintWriter out)
      throws IOException, InterruptedException {
    Path script =
        Path.of(System.getProperty("tollgate.home", "."), "demo", "recompute.py").toAbsolutePath();
    if (!Files.exists(script)) {
      Output.line(out, "recomputation: " + script + " is not here");
      return false;
    }
    List<String> command =
        new ArrayList<>(List.of("python3", script.toString(), directory.root().toString()));
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      Output.line(out, "recomputation: needs python3, which was not found");
      return false;
    }
    return process.waitFor() == 0;
  }

  /** Machine time since the command began. */
  private static final class Stopwatch {
    private final long startNanos = System.nanoTime();

    String stamp(String words) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      return "%6.1f s  %s".formatted(millis / 1_000.0, words);
    }
  }
}
