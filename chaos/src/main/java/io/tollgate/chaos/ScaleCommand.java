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
      "Runs the broker, the database and the services as processes under load; adds a second",
      "instance of each service, then kills and restarts one of each in turn while windows close",
      "every minute; and compares every account with a model of what was acknowledged.",
      "Exits with 0 if the instances shared the work, each killed one was replaced within 30",
      "seconds, every hour of every account is billed as acknowledged, and all audits pass."
    })
public final class ScaleCommand extends FleetCommand {

  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_ACCOUNTS = 100_000;

  @Option(names = "--rate", defaultValue = "1000", description = "Events posted per second.")
  private int rate;

  @Option(
      names = "--accounts",
      defaultValue = "100",
      description = "Number of accounts with usage.")
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
