package io.tollgate.standalone;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.DataDirectory.TokenRole;
import io.tollgate.support.time.driver.ClockDriver;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the business time of each service.",
      "It is the system's time, or moved by 'clock advance' where 'tollgate up --test-clock' was"
          + " used."
    },
    subcommands = ClockCommand.Advance.class)
final class ClockCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Api api = Api.of(data.directory(), data.running());
    for (Service service : Service.values()) {
      Output.line(
          Output.of(spec),
          "%-13s %s"
              .formatted(
                  service.label(),
                  api.get(service, "/v1/clock").orFail().body().path("now").asString("?")));
    }
    return ExitCode.DONE;
  }

  /** A driver of the clocks of a process. */
  static ClockDriver driver(DataDirectory directory, RunningProcess process) {
    String token = directory.token(TokenRole.OPERATOR, Optional.empty(), Duration.ofDays(1));
    return new ClockDriver(
        process.ports().urls(),
        new BillingCalendar(process.zone()),
        Duration.ofDays(1),
        Duration.ofMinutes(5),
        () -> token);
  }

  @Command(
      name = "advance",
      mixinStandardHelpOptions = true,
      description =
          "Moves the test clock of all services forward, in steps of at most a day. After each step"
              + " it waits until everything that fell due is done, then prints the time reached.")
  static final class Advance implements Callable<Integer> {

    @Mixin private DirectoryOption data = new DirectoryOption();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Spec private @Nullable CommandSpec spec;

    /** Exactly one of them. */
    static final class Target {
      @Option(
          names = "--to",
          paramLabel = "INSTANT",
          description = "To this instant, e.g. 2026-03-01T00:00:00Z.")
      private @Nullable Instant to;

      @Option(
          names = "--by",
          paramLabel = "DURATION",
          description = "By this duration, e.g. P1D or PT36H.")
      private @Nullable Duration by;

      Instant from(Instant now) {
        Instant target = to != null ? to : now.plus(by != null ? by : Duration.ZERO);
        if (target.isBefore(now)) {
          throw new CommandException(
              "%s is in the past: the clocks are at %s and only move forward"
                  .formatted(target, now));
        }
        return target;
      }
    }

    @Override
    public Integer call() {
      RunningProcess process = data.running();
      if (!process.testClock()) {
        throw new CommandException(
            "%s uses the system clock, which cannot be advanced; start another directory with"
                    .formatted(data.directory().root())
                + " 'tollgate up --test-clock'");
      }
      PrintWriter out = Output.of(spec);
      try (ClockDriver driver = driver(data.directory(), process)) {
        driver.drive(
            target.from(driver.now()),
            progress -> {
              if (progress.waitingFor().isEmpty()) {
                Output.line(out, progress.now().toString());
              }
            });
      }
      return ExitCode.DONE;
    }
  }
}
