package io.tollgate.chaos;

import io.tollgate.standalone.DataDirectory;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
public final class ChaosCommand extends FleetCommand {

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
  }

  @Override
  Report run(DataDirectory directory, long seed, Duration length) {
    return new ChaosRun(directory, seed, this::say).run(length);
  }
}
