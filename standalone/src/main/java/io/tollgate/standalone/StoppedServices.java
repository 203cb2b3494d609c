package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedDatabase;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.model.event.Topics;
import io.tollgate.store.recovery.Recovery;
import io.tollgate.store.recovery.ServiceDatabase;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Broker and databases of services that do not run: of a data directory, or servers of one's own.
 */
final class StoppedServices {

  private static final String SERVICE = "{service}";

  /** What each service tells through its outbox. */
  private static final Map<Service, Set<String>> TOLD =
      new TreeMap<>(
          Map.of(
              Service.BILLING, Set.of(Topics.BILLING_EVENTS, Topics.PRICES),
              Service.ACCOUNT,
                  Set.of(Topics.ACCOUNT_EVENTS, Topics.ACCOUNT_INSTANCES, Topics.CONTACTS),
              Service.NOTIFICATION, Set.of(Topics.NOTICE_EVENTS)));

  @Mixin private DirectoryOption data = new DirectoryOption();

  @ArgGroup(
      exclusive = false,
      heading = "Your own servers, instead of those of the data directory:%n")
  private @Nullable Servers servers;

  /** Where broker and databases are, when they are not in the data directory. */
  static final class Servers {
    @Option(
        names = "--kafka",
        paramLabel = "HOST:PORT",
        required = true,
        description = "The broker's address.")
    private String kafka = "";

    @Option(
        names = "--database-url",
        paramLabel = "URL",
        required = true,
        description =
            "JDBC URL with "
                + SERVICE
                + " in place of the service name, e.g."
                + " jdbc:postgresql://db/tollgate?currentSchema="
                + SERVICE
                + ".")
    private String url = "";

    @Option(
        names = "--database-user",
        paramLabel = "USER",
        required = true,
        description = "The password is read from TOLLGATE_DATABASE_PASSWORD.")
    private String user = "";

    @Option(
        names = "--kafka-config",
        paramLabel = "FILE",
        description =
            "Properties file with security.*, sasl.* and ssl.* settings of Kafka clients.")
    private @Nullable Path kafkaConfig;

    private Map<String, String> security() {
      if (kafkaConfig == null) {
        return Map.of();
      }
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + kafkaConfig, e);
      }
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }
  }

  /** The data directory. */
  DataDirectory directory() {
    return data.directory();
  }

  /**
   * Works on them.
   *
   * @throws IllegalStateException when a service runs
   */
  void recovery(Consumer<Recovery> work) {
    Servers own = servers;
    if (own == null) {
      DataDirectory directory = data.directory();
      directory.whileStopped(() -> ofDirectory(directory, work));
      return;
    }
    Logs.to(data.named());
    String password = System.getenv().getOrDefault("TOLLGATE_DATABASE_PASSWORD", "");
    at(own.kafka, own.security(), own.url, own.user, password, work);
  }

  private static void ofDirectory(DataDirectory directory, Consumer<Recovery> work) {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.database())) {
      StopHook stopHook = StopHook.closing(database::close);
      try {
        at(directory, database, work);
      } finally {
        stopHook.remove();
      }
    }
  }

  private static void at(
      DataDirectory directory, EmbeddedDatabase database, Consumer<Recovery> work) {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.kafka())) {
      at(
          kafka.bootstrapServers(),
          Map.of(),
          database.jdbcUrl(Deployment.DATABASE) + "?currentSchema=" + SERVICE,
          database.username(),
          database.password(),
          work);
    }
  }

  private static void at(
      String kafka,
      Map<String, String> security,
      String url,
      String user,
      String password,
      Consumer<Recovery> work) {
    List<ServiceDatabase> databases = new ArrayList<>();
    try {
      TOLD.forEach(
          (service, topics) ->
              databases.add(
                  ServiceDatabase.open(
                      service.label(),
                      topics,
                      url.replace(SERVICE, service.label()),
                      user,
                      password)));
      try (Recovery recovery = new Recovery(databases, kafka, security)) {
        work.accept(recovery);
      }
    } finally {
      databases.forEach(ServiceDatabase::close);
    }
  }
}
