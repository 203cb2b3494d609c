package io.tollgate.chaos;

import io.tollgate.standalone.DataDirectory;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: {@code tollgate scale}. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = {
      "Runs broker, database and one instance of each service as processes under load, lets a"
          + " second",
      "instance of each join, kills one of each in turn and starts it again, while windows close",
      "every minute, and compares every account with its own model of what was acknowledged.",
      "Exits with 0 when the instances shared the work, each killed one was replaced within 30",
      "seconds, every hour of every account is billed as acknowledged, and all audits are green."
    })
public final class ScaleCommand extends FleetCommand {

  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_ACCOUNTS = 100_000;

  @Option(names = "--rate", defaultValue = "1000", description = "Events posted a second.")
  private int rate;

  @Option(names = "--accounts", defaultValue = "100", description = "Accounts that use something.")
  private int accounts;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ScaleCommand()).execute(arguments));
  }

  @Override
  Report run(DataDirectory directory, long seed, Duration length) {
    requireBetween("--rate", ScaleRun.LEAST_RATE, MOST_EVENTS, rate);
    requireBetween("--accounts", 2, MOST_ACCOUNTS, accounts);
    return new ScaleRun(directory, seed, rate, accounts, this::say).run(length);
  }
}
