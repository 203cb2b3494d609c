package io.tollgate.chaos;

import io.tollgate.embedded.EmbeddedSmtp;
import io.tollgate.embedded.InfrastructureMain;
import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.embedded.PortFile;
import io.tollgate.embedded.Postmaster;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.ServiceSettings;
import io.tollgate.standalone.Settings;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The deployment under test: broker, database and each service in a process of its own, on
 * directories and ports that they find again after every restart.
 */
final class Fleet implements AutoCloseable {

  private static final String BROKER = "kafka";
  private static final String DATABASE = "tollgate";
  private static final String USER = "postgres";
  private static final Duration READY_LIMIT = Duration.ofMinutes(4);

  private final DataDirectory directory;
  private final DataDirectory.Lock lock;
  private final Effort effort;
  private final Settings settings;
  private final EmbeddedSmtp mail = EmbeddedSmtp.start(0);
  private final List<Row> rows;
  private final Map<String, Integer> known = new HashMap<>();
  private final Thread end = new Thread(this::killAll, "end-fleet");
  private JavaProcess broker;
  private JavaProcess database;
  private final Proxy proxy = Proxy.to(() -> port("postgres", "postgres"));

  private Fleet(DataDirectory directory, DataDirectory.Lock lock, Effort effort, Instant clock) {
    this.directory = directory;
    this.lock = lock;
    this.effort = effort;
    this.settings = new Settings(Optional.of(clock), Settings.ZONE, 0, 0);
    List<Ports> ports = Ports.free(2);
    this.rows = List.of(row("instance-0", ports.getFirst()), row("instance-1", ports.getLast()));
    // Whatever ends the run, nothing is left behind.
    Runtime.getRuntime().addShutdownHook(end);
    this.database = startInfrastructure("postgres");
    this.broker = startInfrastructure(BROKER);
  }

  private Row row(String name, Ports ports) {
    return new Row(name, ports, Api.of(directory, ports), this::launch);
  }

  /**
   * Empties the directory and starts everything there but the second row; returns when all are
   * ready.
   *
   * @throws IllegalStateException when a process is already running on it
   */
  static Fleet start(DataDirectory directory, Effort effort, Instant clock) {
    DataDirectory.Lock lock = directory.lock();
    directory.wipe();
    Fleet fleet = new Fleet(directory, lock, effort, clock);
    try {
      fleet.awaitDatabase();
      fleet.createDatabase();
      for (Service service : Service.values()) {
        fleet.first().start(service);
      }
      for (Service service : Service.values()) {
        fleet.first().awaitReady(service);
      }
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private JavaProcess startInfrastructure(String part) {
    return start(
        part,
        JavaCommand.ofClass(InfrastructureMain.class)
            .with(effort.options(part.equals(BROKER)))
            .to("--" + part, "--data-dir", directory.root().toString()));
  }

  private JavaProcess start(String name, JavaCommand command) {
    Path logs = directory.part("logs");
    return command
        .with("-Xmx400m", "-XX:+UseSerialGC", "-Dtollgate.log=" + logs.resolve(name + ".log"))
        .start(logs.resolve(name + ".out"));
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

  /** A connection to the services' database, beside the proxy. */
  Connection connect() throws SQLException {
    return connect(DATABASE);
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
    PortFile ports = PortFile.of(directory.root().resolve(part));
    Patience.until("ports of " + part, READY_LIMIT, () -> ports.kept(name).isPresent());
    return ports.kept(name).orElseThrow();
  }

  private JavaProcess launch(Row row, Service service, List<String> more) {
    Path own = own(row, service);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("tollgate.instance", row.name());
    properties.put("tollgate.data-dir", own);
    properties.putAll(effort.properties());
    if (service == Service.METERING) {
      // As docs/scaling.md advises who wants another instance to take over within half a minute.
      properties.put("tollgate.metering.standbys", 1);
      properties.put("tollgate.metering.transaction-timeout", "PT15S");
    }
    Stream<String> usual =
        new ServiceSettings(
                directory,
                row.ports(),
                settings,
                kafka(),
                url(proxy.port(), DATABASE),
                USER,
                password(),
                mail.port())
            .arguments(service).stream()
                .filter(argument -> !properties.containsKey(nameOf(argument)));
    Stream<String> ours =
        properties.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue());
    return start(
        service.label() + "-" + row.name(),
        JavaCommand.ofClass(service.application())
            .with(effort.options(service == Service.METERING))
            .with(more)
            .to(usual.toList())
            .to(ours.toList()));
  }

  private Path own(Row row, Service service) {
    return directory.part("services/" + row.name() + "/" + service.label());
  }

  /** Bytes of metering's state, by row. */
  Map<String, Long> stores() {
    Map<String, Long> stores = new TreeMap<>();
    rows.forEach(row -> stores.put(row.name(), Sizes.below(own(row, Service.METERING))));
    return stores;
  }

  private static String nameOf(String argument) {
    return argument.substring("--".length(), argument.indexOf('='));
  }

  /** The row that runs from the start. */
  Row first() {
    return rows.getFirst();
  }

  /** The row whose instances are started when a second one is wanted. */
  Row second() {
    return rows.getLast();
  }

  List<Row> rows() {
    return rows;
  }

  /** The broker's address. */
  String kafka() {
    return "127.0.0.1:" + port(BROKER, "broker");
  }

  JavaProcess broker() {
    return broker;
  }

  void startBroker() {
    broker = startInfrastructure(BROKER);
  }

  /** The process that runs the database server as a child of its own. */
  JavaProcess database() {
    return database;
  }

  /** Kills the database server; the process that started it is of no use then either. */
  void killDatabase() {
    Postmaster.kill(directory.root().resolve("postgres"));
    database.kill();
  }

  void startDatabase() {
    database = startInfrastructure("postgres");
    awaitDatabase();
  }

  Proxy proxy() {
    return proxy;
  }

  /** An operator's token, for the clock's driver. */
  String operatorToken() {
    return directory.token(DataDirectory.TokenRole.OPERATOR, Optional.empty(), Duration.ofDays(1));
  }

  private void killAll() {
    rows.forEach(Row::killAll);
    broker.kill();
    killDatabase();
  }

  @Override
  public void close() {
    List<Runnable> steps = new ArrayList<>();
    rows.reversed().forEach(row -> steps.add(row::stop));
    steps.addAll(List.of(broker::stop, database::stop, proxy::close, mail::close));
    steps.add(lock::close);
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
