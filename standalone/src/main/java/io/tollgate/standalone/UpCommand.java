package io.tollgate.standalone;

import io.tollgate.embedded.DatabaseArchive;
import io.tollgate.model.BillingCalendar;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "Starts everything and runs until Ctrl-C or 'tollgate down'.",
      "Continues where it stopped when started again on the same directory."
    })
final class UpCommand implements Callable<Integer> {

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Option(
      names = "--test-clock",
      description =
          "Stops time; only 'tollgate clock advance' moves it. Fixed when the data directory is"
              + " created; it cannot be changed later.")
  private boolean testClock;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "First instant of the test clock (default: today's local midnight).")
  private @Nullable Instant start;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The billing time zone (default: Asia/Shanghai). Fixed when the data directory is"
              + " created; it cannot be changed later.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description =
          "First of four consecutive ports, or 0 for any; management ports are 1000 higher"
              + " (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--smtp-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the local mail server, or 0 for any (default: ${DEFAULT-VALUE}).")
  private int smtpPort;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Archives WAL to DIR, for 'tollgate backup' and 'tollgate restore'. Cannot be turned off"
              + " later for this data directory.")
  private @Nullable Path archive;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = data.named();
    requireOutside(directory);
    Settings settings = settings(directory.settings());
    Deployment deployment = Deployment.prepare(directory, settings);
    Logs.to(directory);
    if (archive != null) {
      new DatabaseArchive(archive).useFor(directory.database());
    }
    PrintWriter out = Output.of(spec);
    deployment.start(settings, part -> Output.line(out, "starting " + part));
    Output.line(out, welcome(directory, deployment));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  /** An archive that is lost with the directory restores nothing. */
  private void requireOutside(DataDirectory directory) {
    if (archive != null && archive.toAbsolutePath().normalize().startsWith(directory.root())) {
      throw new CommandException(
          "--archive %s is inside the data directory %s: choose a directory outside it"
              .formatted(archive, directory.root()));
    }
  }

  /** What was asked for, and what the directory keeps from its first use. */
  private Settings settings(Optional<DirectorySettings> kept) {
    if (start != null && !testClock) {
      throw new CommandException(
          "--start sets the first instant of a test clock: add --test-clock");
    }
    ZoneId chosen =
        Optional.ofNullable(zone).or(() -> kept.map(DirectorySettings::zone)).orElse(Settings.ZONE);
    return new Settings(clockStart(kept, chosen), chosen, port, smtpPort);
  }

  private Optional<Instant> clockStart(Optional<DirectorySettings> kept, ZoneId chosen) {
    Optional<Instant> given =
        Optional.ofNullable(start).or(() -> kept.flatMap(DirectorySettings::clockStart));
    if (given.isPresent() || !testClock) {
      return given;
    }
    return Optional.of(new BillingCalendar(chosen).dayOf(InstantSource.system().instant()).start());
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
    text.append("%-13s tollgate token operator, platform, monitor%n".formatted("tokens"));
    text.append("%-13s tollgate token customer --account ACCOUNT%n".formatted(""));
    return text.append("\nready; stop it with Ctrl-C or: tollgate down").toString();
  }
}
