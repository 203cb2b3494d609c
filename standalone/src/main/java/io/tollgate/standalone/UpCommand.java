package io.tollgate.standalone;

import io.tollgate.embedded.DatabaseArchive;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything and keeps running until Ctrl-C or 'tollgate down'.",
      "Started again on the same directory it goes on where it was."
    })
final class UpCommand implements Callable<Integer> {

  private static final Duration TOKEN_VALIDITY = Duration.ofDays(7);

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Option(
      names = "--test-clock",
      description = "Time stands still until 'tollgate clock advance'; for ever on this directory.")
  private boolean testClock;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "First instant of a test clock (default: today's local midnight).")
  private @Nullable Instant start;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "The billing zone (default: ${DEFAULT-VALUE}).")
  private ZoneId zone = Settings.ZONE;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description =
          "First of four ports; management is 1000 above; 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--smtp-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local mail server; 0 for any (default: ${DEFAULT-VALUE}).")
  private int smtpPort;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = {
        "Archives the database's log there, for 'tollgate backup' and 'tollgate restore';",
        "for ever on this directory."
      })
  private @Nullable Path archive;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = data.directory();
    if (archive != null) {
      new DatabaseArchive(archive).useFor(directory.database());
    }
    PrintWriter out = Output.of(spec);
    Deployment deployment =
        Deployment.start(
            directory,
            new Settings(clockStart(), zone, port, smtpPort),
            part -> Output.line(out, "starting " + part));
    Runtime.getRuntime().addShutdownHook(new Thread(deployment::close, "stop-deployment"));
    Output.line(out, welcome(directory, deployment));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private Optional<Instant> clockStart() {
    if (!testClock && start == null) {
      return Optional.empty();
    }
    return Optional.of(
        start != null
            ? start
            : new BillingCalendar(zone).dayOf(InstantSource.system().instant()).start());
  }

  private static String welcome(DataDirectory directory, Deployment deployment) {
    StringBuilder text = new StringBuilder(1_000);
    for (Service service : Service.values()) {
      Ports ports = deployment.process().ports();
      text.append(
          "%-13s %s   management %s%n"
              .formatted(service.label(), ports.url(service), ports.managementUrl(service)));
    }
    text.append("%-13s 127.0.0.1:%d%n".formatted("smtp", deployment.smtp().port()));
    text.append("%-13s %s%n".formatted("data", directory.root()));
    for (DataDirectory.TokenRole role : DataDirectory.TokenRole.values()) {
      boolean bound = role == DataDirectory.TokenRole.CUSTOMER;
      text.append("%n%s%s%n".formatted(TokenCommand.inWords(role), bound ? " of acc-1" : ""))
          .append(
              directory.token(
                  role,
                  bound ? Optional.of(AccountId.of("acc-1")) : Optional.empty(),
                  TOKEN_VALIDITY))
          .append('\n');
    }
    return text.append("\nready; stop by Ctrl-C or: tollgate down").toString();
  }
}
