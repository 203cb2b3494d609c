package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedDatabase;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.recovery.Recovery;
import io.tollgate.support.recovery.ServiceDatabase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Makes restored databases go on with a broker that was not restored; no service may run.",
      "Prints, one JSON object a line, what was entered after the restore point and is to be"
          + " entered",
      "again. Run once more it does nothing and prints the same."
    })
final class RecoverCommand implements Callable<Integer> {

  private static final String SERVICE = "{service}";

  /** What each service tells through its outbox. */
  private static final Map<Service, Set<String>> TOLD =
      new TreeMap<>(
          Map.of(
              Service.BILLING, Set.of(Topics.BILLING_EVENTS),
              Service.ACCOUNT,
                  Set.of(Topics.ACCOUNT_EVENTS, Topics.ACCOUNT_INSTANCES, Topics.CONTACTS),
              Service.NOTIFICATION, Set.of(Topics.NOTICE_EVENTS)));

  @Mixin private DirectoryOption data = new DirectoryOption();

  @ArgGroup(exclusive = false, heading = "Servers of your own instead of the data directory's:%n")
  private @Nullable Servers servers;

  @Spec private @Nullable CommandSpec spec;

  /** Where broker and databases are, when they are not in the data directory. */
  static final class Servers {
    @Option(
        names = "--kafka",
        paramLabel = "HOST:PORT",
        required = true,
        description = "The broker.")
    private String kafka = "";

    @Option(
        names = "--database-url",
        paramLabel = "URL",
        required = true,
        description = {
          "JDBC address with " + SERVICE + " for a service's name, e.g.",
          "jdbc:postgresql://db/tollgate?currentSchema=" + SERVICE + "."
        })
    private String url = "";

    @Option(
        names = "--database-user",
        paramLabel = "USER",
        required = true,
        description = "Its password is taken from TOLLGATE_DATABASE_PASSWORD.")
    private String user = "";
  }

  @Override
  public Integer call() {
    DataDirectory directory = data.directory();
    Servers own = servers;
    if (own != null) {
      recover(
          own.kafka,
          own.url,
          own.user,
          System.getenv().getOrDefault("TOLLGATE_DATABASE_PASSWORD", ""));
      return ExitCode.DONE;
    }
    directory.whileStopped(() -> recoverIn(directory));
    return ExitCode.DONE;
  }

  private void recoverIn(DataDirectory directory) {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.database());
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.kafka())) {
      recover(
          kafka.bootstrapServers(),
          database.jdbcUrl(Deployment.DATABASE) + "?currentSchema=" + SERVICE,
          database.username(),
          database.password());
    }
  }

  private void recover(String kafka, String url, String user, String password) {
    List<ServiceDatabase> databases = new ArrayList<>();
    TOLD.forEach(
        (service, topics) ->
            databases.add(
                ServiceDatabase.open(
                    service.label(),
                    topics,
                    url.replace(SERVICE, service.label()),
                    user,
                    password)));
    try (Recovery recovery = new Recovery(databases, kafka)) {
      Recovery.Summary summary = recovery.recover();
      say(summary);
      Entries entries = new Entries();
      recovery.eachTakenBack(entries::take);
      PrintWriter out = Output.of(spec);
      entries
          .inOrder()
          .forEach(entry -> Output.line(out, WireMapper.mapper().writeValueAsString(entry)));
    }
  }

  /** For people; the list alone goes to standard output. */
  private void say(Recovery.Summary summary) {
    if (spec == null) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    if (summary.restored().isEmpty()) {
      Output.line(err, "no database was restored since the last recovery");
    } else {
      Output.line(
          err,
          "restored: %s; %d records of the ended history are passed over, %d states are told again"
              .formatted(
                  String.join(", ", summary.restored()),
                  summary.passedOver(),
                  summary.toldAgain()));
    }
  }
}
