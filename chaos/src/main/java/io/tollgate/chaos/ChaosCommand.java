package io.tollgate.chaos;

import io.tollgate.standalone.DataDirectory;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: {@code tollgate chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the broker, the database and the services as processes under load; kills, restarts,",
      "pauses and delays them; and compares every account with a model of what was acknowledged.",
      "Ten of the accounts have data that makes their work fail; they are listed at the end.",
      "Exits with 0 if every hour of every other account is billed as acknowledged, the ledger is",
      "correct, all audits pass, exactly the ten are listed with their reasons, and no process",
      "ended unexpectedly."
    })
public final class ChaosCommand extends FleetCommand {

  /** The load recharges the first half of the ordinary accounts. */
  private static final int FEWEST_ACCOUNTS = Poison.values().length + 2;

  private static final int MOST_ACCOUNTS = 10_000;

  @Option(
      names = "--accounts",
      defaultValue = "30",
      description =
          "Number of accounts, ten of them poisoned; use 1000 for a run of 20 minutes or more.")
  private int accounts;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
  }

  @Override
  Report run(DataDirectory directory, long seed, Duration length) {
    requireBetween("--accounts", FEWEST_ACCOUNTS, MOST_ACCOUNTS, accounts);
    return new ChaosRun(directory, seed, accounts, this::say).run(length);
  }
}
