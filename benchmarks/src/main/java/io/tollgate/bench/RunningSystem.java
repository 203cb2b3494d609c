package io.tollgate.bench;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.RunningProcess;
import io.tollgate.standalone.Service;
import io.tollgate.standalone.Tollgate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The system under load, in a process of its own with a test clock. */
final class RunningSystem implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration REST_LIMIT = Duration.ofMinutes(20);
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Process process;
  private final DataDirectory directory;
  private final Api api;
  private final Instant start;

  private RunningSystem(Process process, DataDirectory directory, Api api, Instant start) {
    this.process = process;
    this.directory = directory;
    this.api = api;
    this.start = start;
  }

  static RunningSystem start(Path data, Instant clock) throws IOException {
    DataDirectory directory = new DataDirectory(data);
    directory.wipe();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1500m", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED"));
    String jar = System.getProperty("tollgate.app-jar", "");
    command.addAll(
        jar.isEmpty()
            ? List.of("-cp", System.getProperty("java.class.path"), Tollgate.class.getName())
            : List.of("-jar", jar));
    command.addAll(
        List.of("up", "--data-dir", data.toString(), "--test-clock", "--port", "0", "--start"));
    command.add(clock.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.part("logs").resolve("console.log").toFile())
            .start();
    RunningProcess running = awaitRunning(process, directory);
    return new RunningSystem(process, directory, Api.of(directory, running), clock);
  }

  private static RunningProcess awaitRunning(Process process, DataDirectory directory) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < START_LIMIT.toNanos() && process.isAlive()) {
      Optional<RunningProcess> running = directory.running();
      if (running.isPresent()) {
        return running.get();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    process.destroyForcibly();
    throw new IllegalStateException("the system did not start; see " + directory.log());
  }

  Api api() {
    return api;
  }

  Path data() {
    return directory.root();
  }

  /** When its clock started. */
  Instant start() {
    return start;
  }

  /** Steps one service's clock. */
  void step(Service service, Instant to) {
    var unused =
        api.post(service, "/v1/clock/step", Map.of("to", to.toString()), "bench-" + to).orFail();
  }

  /** Waits until all services have nothing left to do. */
  void awaitRest() {
    for (Service service : Service.values()) {
      awaitRest(service);
    }
  }

  /** Waits until a service has nothing left to do. */
  void awaitRest(Service service) {
    long start = System.nanoTime();
    Api.Answer answer = api.get(service, "/v1/clock");
    while (!answer.body().path("settled").asBoolean(false)) {
      if (System.nanoTime() - start > REST_LIMIT.toNanos()) {
        throw new IllegalStateException(
            service + " does not come to rest: " + answer.body().path("laggards"));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = api.get(service, "/v1/clock");
    }
  }

  @Override
  public void close() {
    api.close();
    process.destroy();
    // Whatever does not stop by itself within a minute is stopped.
    var unused =
        process
            .onExit()
            .orTimeout(1, TimeUnit.MINUTES)
            .exceptionally(late -> process.destroyForcibly())
            .join();
  }
}
