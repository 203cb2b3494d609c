package io.tollgate.standalone;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
    name = "tollgate",
    mixinStandardHelpOptions = true,
    description = "Metering and billing for a cloud: four services, a broker and a database.",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      ClockCommand.class,
      ImportCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      RecoverCommand.class,
      RebuildCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nTools, built on first use; each has its own --help:%n",
    footer = {
      "  bench    Measures throughput and latency next to the limits of this machine.",
      "  chaos    Kills, pauses and delays the services under load and verifies the ledger.",
      "  scale    Adds a second instance of each service under load and kills one of each.",
      "  fuzz     Sends malformed requests and records to every service and checks the answers."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:failed, or rejected by a service",
      "2:invalid command line",
      "3:nothing is running on the data directory",
      "4:an audit or a recomputation found a difference"
    })
public final class Tollgate implements Callable<Integer> {

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  private static final String VERSION = "tollgate 0.1.0";
  private static final int COLUMNS = 100;

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, also for tests. */
  static CommandLine commandLine() {
    CommandLine all =
        Conversions.addTo(new CommandLine(new Tollgate()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(COLUMNS)
            .setParameterExceptionHandler(Tollgate::misunderstood)
            .setExecutionExceptionHandler(failures());
    nameVersion(all);
    return all;
  }

  private static void nameVersion(CommandLine command) {
    command.getCommandSpec().version(VERSION);
    command.getSubcommands().values().forEach(Tollgate::nameVersion);
  }

  /** One line says what is wrong; the help would hide it. */
  private static int misunderstood(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("tollgate: " + said(wrong)));
    if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println("See: %s --help".formatted(command.getCommandSpec().qualifiedName()));
    }
    return ExitCode.USAGE;
  }

  private static String said(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    return message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    return ExitCode.USAGE;
  }

  /**
   * People get one line. The stack trace of what nobody foresaw is in the log of the data
   * directory, once there is one.
   */
  private static IExecutionExceptionHandler failures() {
    return (failure, command, parsed) -> {
      int exitCode = ExitCode.FAILED;
      if (failure instanceof CommandException refused) {
        exitCode = refused.exitCode();
      } else if (Logs.areWritten()) {
        org.slf4j.LoggerFactory.getLogger(Tollgate.class).error("The command failed", failure);
      }
      PrintWriter err = command.getErr();
      err.println(command.getColorScheme().errorText("tollgate: " + inWords(failure)));
      return exitCode;
    };
  }

  private static String inWords(Throwable failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    StringBuilder words = new StringBuilder(String.valueOf(cause.getMessage()));
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      if (next.getCause() == null && next.getMessage() != null) {
        words.append(": ").append(next.getMessage());
      }
    }
    return words.toString();
  }
}
