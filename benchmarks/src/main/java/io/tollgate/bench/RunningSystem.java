package io.tollgate.bench;

import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.embedded.PortFile;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.RunningProcess;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.Tollgate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The system under load, in a process of its own with a test clock. */
final class RunningSystem implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration REST_LIMIT = Duration.ofMinutes(60);
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final JavaProcess process;
  private final DataDirectory directory;
  private final RunningProcess running;
  private final Api api;
  private final double startSeconds;
  private Instant now;

  private RunningSystem(
      JavaProcess process,
      DataDirectory directory,
      RunningProcess running,
      Instant clock,
      double startSeconds) {
    this.process = process;
    this.directory = directory;
    this.running = running;
    this.api = Api.of(directory, running);
    this.now = clock;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts it on a directory, as {@code tollgate up} does.
   *
   * @param environment what is added to this process's
   */
  static RunningSystem start(
      DataDirectory directory, Instant clock, Map<String, String> environment) {
    JavaCommand command =
        JavaCommand.ofApplication(Tollgate.class)
            .with("-Xmx900m", "-XX:+UseParallelGC")
            .to("up", "--data-dir", directory.root().toString())
            .to("--test-clock", "--port", "0", "--start", clock.toString());
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      command = command.in(variable.getKey(), variable.getValue());
    }
    Path console = directory.part("logs").resolve("console.log");
    Stopwatch watch = Stopwatch.start();
    JavaProcess process = command.start(console);
    RunningProcess running = awaitRunning(process, directory);
    return new RunningSystem(process, directory, running, clock, watch.seconds());
  }

  private static RunningProcess awaitRunning(JavaProcess process, DataDirectory directory) {
    try {
      // Until it is ready, a used directory still names the process before.
      process.awaitReady(
          START_LIMIT,
          () -> directory.running().filter(named -> named.pid() == process.pid()).isPresent());
      return directory.running().orElseThrow();
    } catch (IllegalStateException e) {
      process.close();
      throw e;
    }
  }

  /** From the start of its process until all services were ready. */
  double startSeconds() {
    return startSeconds;
  }

  double residentMb() {
    return process.residentMb();
  }

  Api api() {
    return api;
  }

  URI url(Service service) {
    return running.ports().url(service);
  }

  /** Where a part of it listens. */
  int port(String part, String name) {
    return PortFile.of(directory.part(part)).kept(name).orElseThrow();
  }

  DataDirectory directory() {
    return directory;
  }

  /** The first whole hour of which nothing is closed yet. */
  Instant nextHour() {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(now) ? now : hour.plus(1, ChronoUnit.HOURS);
  }

  /** When everything that was used before an instant is closed. */
  static Instant closingOf(Instant end) {
    return end.plus(GRACE);
  }

  /** Steps one service's clock. */
  void step(Service service, Instant to) {
    var unused =
        api.post(service, "/v1/clock/step", Map.of("to", to.toString()), "bench-" + to).orFail();
    now = to.isAfter(now) ? to : now;
  }

  /** Steps all services, one after the other, each when the one before is at rest. */
  void stepAll(Instant to) {
    for (Service service : Service.values()) {
      step(service, to);
      awaitRest(service);
    }
    awaitRest();
  }

  /** Waits until all services have nothing left to do. */
  void awaitRest() {
    for (Service service : Service.values()) {
      awaitRest(service);
    }
  }

  /** Waits until a service has nothing left to do. */
  void awaitRest(Service service) {
    Stopwatch watch = Stopwatch.start();
    while (!isAtRest(service)) {
      if (watch.seconds() > REST_LIMIT.toSeconds()) {
        throw new IllegalStateException(
            service + " does not settle: " + api.get(service, "/v1/clock").text());
      }
      watch.pause();
    }
  }

  boolean isAtRest(Service service) {
    return api.get(service, "/v1/clock").body().path("settled").asBoolean(false);
  }

  @Override
  public void close() {
    process.close();
  }
}
