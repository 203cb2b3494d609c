package io.tollgate.chaos;

import io.tollgate.embedded.EmbeddedSmtp;
import io.tollgate.embedded.InfrastructureMain;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.ServiceSettings;
import io.tollgate.standalone.Settings;
import io.tollgate.support.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * The deployment under test: broker, database and each service in a process of its own, on
 * directories and ports that they find again after every restart.
 */
final class Fleet implements AutoCloseable {

  private static final String DATABASE = "tollgate";
  private static final String USER = "postgres";
  private static final Duration READY_LIMIT = Duration.ofMinutes(4);

  private final DataDirectory directory;
  private final Settings settings;
  private final Ports ports = Ports.from(0);
  private final EmbeddedSmtp mail = EmbeddedSmtp.start(0);
  private final Map<Service, Child> services = new EnumMap<>(Service.class);
  private final List<Child> beside = new ArrayList<>();
  private final Api api;
  private final Map<String, Integer> known = new HashMap<>();
  private final Thread end = new Thread(this::killAll, "end-fleet");
  private Child broker;
  private Child database;
  private final Proxy proxy = Proxy.to(() -> port("postgres", "postgres"));

  private Fleet(DataDirectory directory, Instant clock) {
    this.directory = directory;
    this.settings = new Settings(Optional.of(clock), Settings.ZONE, 0, 0);
    this.api = Api.of(directory, ports);
    // Whatever ends the run, nothing is left behind.
    Runtime.getRuntime().addShutdownHook(end);
    this.database = startInfrastructure("postgres");
    this.broker = startInfrastructure("kafka");
  }

  /** Starts everything on an empty directory; returns when all are ready. */
  static Fleet start(DataDirectory directory, Instant clock) {
    Fleet fleet = new Fleet(directory, clock);
    try {
      fleet.awaitDatabase();
      fleet.createDatabase();
      for (Service service : Service.values()) {
        fleet.start(service, "");
      }
      for (Service service : Service.values()) {
        fleet.awaitReady(service);
      }
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private Child startInfrastructure(String part) {
    return Child.start(
        console(part),
        List.of(),
        InfrastructureMain.class,
        List.of("--" + part, "--data-dir", directory.root().toString()));
  }

  private Path console(String name) {
    return directory.part("logs").resolve(name + ".log");
  }

  private void awaitDatabase() {
    Patience.until(
        "the database", READY_LIMIT, () -> Files.exists(passwordFile()) && connects("postgres"));
  }

  private boolean connects(String name) {
    try (Connection connection = connect(name)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(port("postgres", "postgres"), name), USER, password());
  }

  private static String url(int port, String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private Path passwordFile() {
    return directory.root().resolve("postgres").resolve("password");
  }

  private String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void createDatabase() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database", e);
    }
  }

  /** Ports stay what they are; their file is written anew at every start, so it is read once. */
  private int port(String part, String name) {
    return known.computeIfAbsent(part, key -> readPort(part, name));
  }

  private int readPort(String part, String name) {
    Path file = directory.root().resolve(part).resolve("ports.properties");
    Properties found = new Properties();
    Patience.until(
        "ports of " + part,
        READY_LIMIT,
        () -> {
          try (var in = Files.newInputStream(file)) {
            found.load(in);
            return found.containsKey(name);
          } catch (IOException e) {
            return false;
          }
        });
    return Integer.parseInt(found.getProperty(name));
  }

  /**
   * Starts a service.
   *
   * @param faultPoint where it is to die; empty for nowhere
   */
  void start(Service service, String faultPoint) {
    List<String> options =
        faultPoint.isEmpty() ? List.of() : List.of("-D" + FaultPoint.PROPERTY + "=" + faultPoint);
    services.put(
        service, launch(service, service.label(), options, settings(ports).arguments(service)));
  }

  /** Starts one more instance of a service, on ports and a directory of its own. */
  Instance startBeside(Service service) {
    Ports own = Ports.from(0);
    String name = service.label() + "-beside";
    String directoryOption = "--tollgate.data-dir=";
    List<String> arguments =
        settings(own).arguments(service).stream()
            .map(
                argument ->
                    argument.startsWith(directoryOption)
                        ? directoryOption + directory.part(name)
                        : argument)
            .toList();
    Child child = launch(service, name, List.of(), arguments);
    beside.add(child);
    return new Instance(service, child, Api.of(directory, own));
  }

  /** One more instance of a service. */
  record Instance(Service service, Child child, Api api) implements AutoCloseable {

    boolean isReady() {
      return api.health(service).ok();
    }

    @Override
    public void close() {
      api.close();
    }
  }

  private Child launch(Service service, String name, List<String> options, List<String> arguments) {
    return Child.start(console(name), options, service.application(), arguments);
  }

  private ServiceSettings settings(Ports of) {
    return new ServiceSettings(
        directory,
        of,
        settings,
        "127.0.0.1:" + port("kafka", "broker"),
        url(proxy.port(), DATABASE),
        USER,
        password(),
        mail.port());
  }

  /** The process of a service. */
  Child of(Service service) {
    return Objects.requireNonNull(services.get(service));
  }

  Child broker() {
    return broker;
  }

  void startBroker() {
    broker = startInfrastructure("kafka");
  }

  /** The process that runs the database server as a child of its own. */
  Child database() {
    return database;
  }

  /** Kills the database server; the process that started it is of no use then either. */
  void killDatabase() {
    Path file = directory.root().resolve("postgres").resolve("data").resolve("postmaster.pid");
    try {
      if (Files.exists(file)) {
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        Signals.send("KILL", pid);
        Patience.until(
            "the end of the database", READY_LIMIT, () -> ProcessHandle.of(pid).isEmpty());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database.kill();
  }

  void startDatabase() {
    database = startInfrastructure("postgres");
    awaitDatabase();
  }

  Proxy proxy() {
    return proxy;
  }

  Api api() {
    return api;
  }

  Ports ports() {
    return ports;
  }

  /** An operator's token, for the clock's driver. */
  String operatorToken() {
    return directory.token(DataDirectory.TokenRole.OPERATOR, Optional.empty(), Duration.ofDays(1));
  }

  /** Waits until a service says that it is ready. */
  void awaitReady(Service service) {
    Patience.until(service + " ready", READY_LIMIT, () -> api.health(service).ok());
  }

  private void killAll() {
    beside.forEach(Child::kill);
    services.values().forEach(Child::kill);
    broker.kill();
    killDatabase();
  }

  @Override
  public void close() {
    List<Runnable> steps = new ArrayList<>();
    beside.forEach(instance -> steps.add(instance::kill));
    services.values().forEach(service -> steps.add(service::stop));
    steps.addAll(List.of(broker::stop, database::stop, proxy::close, mail::close, api::close));
    Optional<RuntimeException> failure = Optional.empty();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failure = Optional.of(e);
      }
    }
    Runtime.getRuntime().removeShutdownHook(end);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
