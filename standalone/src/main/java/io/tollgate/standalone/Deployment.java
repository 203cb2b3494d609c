package io.tollgate.standalone;

import io.tollgate.embedded.EmbeddedDatabase;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedSmtp;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Broker, database, mail server and the four services in this process.
 *
 * <p>The infrastructure is the parent context and each service a child of it: services that were
 * started later are closed first, the infrastructure last, so that nothing loses what it still
 * writes.
 */
public final class Deployment implements AutoCloseable {

  /** Holds a schema for each service. */
  static final String DATABASE = "tollgate";

  private final DataDirectory directory;
  private final DataDirectory.Lock lock;
  private final RunningProcess process;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private volatile boolean closing;
  private volatile Optional<StopHook> stopHook = Optional.empty();

  private Deployment(DataDirectory directory, DataDirectory.Lock lock, RunningProcess process) {
    this.directory = directory;
    this.lock = lock;
    this.process = process;
  }

  /**
   * Starts everything.
   *
   * @param progress told in words what is being started
   * @throws CommandException when it cannot be started there, or so
   */
  public static Deployment start(
      DataDirectory directory, Settings settings, Consumer<String> progress) {
    Deployment deployment = prepare(directory, settings);
    deployment.start(settings, progress);
    return deployment;
  }

  /**
   * Takes a directory and checks everything that can be checked before anything starts.
   *
   * @throws CommandException when a process is already running on the directory, it is by another
   *     clock or zone, it is somebody else's, or a port is taken
   */
  static Deployment prepare(DataDirectory directory, Settings settings) {
    Ports ports = Ports.from(settings.firstPort());
    if (!directory.isUsed()) {
      directory.requireOwn();
    }
    directory.requireUnlocked();
    ports.requireFree();
    Ports.requireFree(settings.smtpPort(), "smtp", "--smtp-port");
    DataDirectory.Lock lock = directory.lock();
    try {
      directory.keep(DirectorySettings.of(settings));
      // Of a killed process: until it is written again, nothing runs here.
      Files.deleteIfExists(directory.processFile());
    } catch (IOException e) {
      lock.close();
      throw new CommandException(
          "cannot write to %s: %s".formatted(directory.root(), DirectoryFaults.inWords(e)));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    RunningProcess process =
        new RunningProcess(
            ProcessHandle.current().pid(),
            ports,
            settings.testClock().isPresent(),
            settings.zone());
    return new Deployment(directory, lock, process);
  }

  /**
   * Starts everything; what was started is closed again when something cannot be.
   *
   * @throws StoppedException when it is closed meanwhile
   */
  void start(Settings settings, Consumer<String> progress) {
    stopHook = Optional.of(StopHook.closing(this::close));
    try {
      startAll(settings, progress);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Closed while it was being started. */
  static final class StoppedException extends CommandException {
    private static final long serialVersionUID = 1L;

    private StoppedException() {
      super("stopped while starting");
    }
  }

  private void startAll(Settings settings, Consumer<String> progress) {
    Logs.setUp();
    progress.accept("database");
    EmbeddedDatabase database = started(() -> EmbeddedDatabase.start(directory.database()));
    database.createDatabase(DATABASE);
    progress.accept("broker");
    EmbeddedKafka kafka = started(() -> EmbeddedKafka.start(directory.kafka()));
    EmbeddedSmtp smtp = started(() -> EmbeddedSmtp.start(settings.smtpPort()));
    GenericApplicationContext parent = started(() -> parent(database, kafka, smtp));
    ServiceSettings of =
        new ServiceSettings(
            directory,
            process.ports(),
            settings,
            kafka.bootstrapServers(),
            database.jdbcUrl(DATABASE),
            database.username(),
            database.password(),
            smtp.port());
    for (Service service : Service.values()) {
      progress.accept(service.label());
      var unused = started(() -> child(parent, service, of.arguments(service)));
    }
    process.write(directory.processFile());
  }

  /** Whoever closes waits for the part that is being started, so that none is left running. */
  private synchronized <C extends AutoCloseable> C started(Supplier<C> start) {
    if (closing) {
      throw new StoppedException();
    }
    C part = start.get();
    running.push(part);
    return part;
  }

  /** Holds the infrastructure for whoever asks by type; the deployment itself closes it. */
  private static GenericApplicationContext parent(
      EmbeddedDatabase database, EmbeddedKafka kafka, EmbeddedSmtp smtp) {
    GenericApplicationContext parent = new GenericApplicationContext();
    parent.setId("infrastructure");
    parent.getBeanFactory().registerSingleton("embeddedDatabase", database);
    parent.getBeanFactory().registerSingleton("embeddedKafka", kafka);
    parent.getBeanFactory().registerSingleton("embeddedSmtp", smtp);
    parent.refresh();
    return parent;
  }

  private static ConfigurableApplicationContext child(
      GenericApplicationContext parent, Service service, List<String> arguments) {
    return new SpringApplicationBuilder(service.application())
        .parent(parent)
        .properties("spring.config.name=" + service.label())
        .registerShutdownHook(false)
        .run(arguments.toArray(String[]::new));
  }

  /** What other commands need to find it. */
  public RunningProcess process() {
    return process;
  }

  /** The mail server, to see what it received. */
  public EmbeddedSmtp smtp() {
    return part(EmbeddedSmtp.class);
  }

  /** Address of the broker, to see and say what services do. */
  public String bootstrapServers() {
    return part(EmbeddedKafka.class).bootstrapServers();
  }

  private <P> P part(Class<P> type) {
    return running.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  /** Closes the services, the last one first, then what they run on. */
  @Override
  public void close() {
    closing = true;
    stopHook.ifPresent(StopHook::remove);
    closeAll();
  }

  private synchronized void closeAll() {
    Optional<RuntimeException> failure = Optional.empty();
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        // Not kept: the first logger of a process decides where all log, which a start finds out.
        LoggerFactory.getLogger(Deployment.class).error("Could not close {}", part, e);
        failure = Optional.of(new IllegalStateException("could not close " + part, e));
      }
    }
    lock.close();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
