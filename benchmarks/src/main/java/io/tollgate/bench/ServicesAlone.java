package io.tollgate.bench;

import io.tollgate.embedded.EmbeddedDatabase;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedSmtp;
import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.ServiceSettings;
import io.tollgate.standalone.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each service in a process of its own, one after the other, on a broker and database in this. */
final class ServicesAlone {
  /** Options of a service's virtual machine. */
  static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final String DATABASE = "tollgate";
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private ServicesAlone() {}

  /** What each holds of the machine's memory when it is ready, in MB. */
  static Map<Service, Double> residentMb(DataDirectory directory) {
    directory.wipe();
    Map<Service, Double> found = new EnumMap<>(Service.class);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.part("postgres"));
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.part("kafka"));
        EmbeddedSmtp smtp = EmbeddedSmtp.start(0)) {
      database.createDatabase(DATABASE);
      Ports ports = Ports.from(0);
      ServiceSettings settings =
          new ServiceSettings(
              directory,
              ports,
              new Settings(Optional.empty(), Settings.ZONE, 0, 0),
              kafka.bootstrapServers(),
              database.jdbcUrl(DATABASE),
              database.username(),
              database.password(),
              smtp.port());
      Api api = Api.of(directory, ports);
      for (Service service : Service.values()) {
        found.put(service, residentMb(service, directory, settings, api));
      }
    }
    return found;
  }

  private static double residentMb(
      Service service, DataDirectory directory, ServiceSettings settings, Api api) {
    JavaCommand command =
        JavaCommand.ofClass(service.application()).with(JVM).to(settings.arguments(service));
    Path console = directory.part("logs").resolve(service.label() + ".log");
    try (JavaProcess process = command.start(console)) {
      process.awaitReady(START_LIMIT, () -> api.health(service).ok());
      return process.residentMb();
    }
  }
}
