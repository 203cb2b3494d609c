package io.tollgate.bench;

import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.DataDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Systems for benchmarks to run on, each audited when its benchmark is done.
 *
 * <p>Every benchmark has a new one, on an empty directory, unless they share one: then the run is
 * shorter, and figures depend on what ran before.
 */
final class Systems implements AutoCloseable {
  private static final Instant MIDNIGHT = Instant.parse("2024-02-29T16:00:00Z");

  private final DataDirectory directory;
  private final boolean shared;
  private final int meters;
  private final Map<String, String> environment;
  private final Consumer<String> say;
  private @Nullable RunningSystem kept;
  private boolean green = true;

  /**
   * Nothing runs yet.
   *
   * @param directory emptied before each start
   * @param shared whether all benchmarks run on the same system
   * @param meters in the catalogue of every system
   * @param environment of every system, beside that of this process
   * @param say takes what a reader is told meanwhile
   */
  Systems(
      DataDirectory directory,
      boolean shared,
      int meters,
      Map<String, String> environment,
      Consumer<String> say) {
    this.directory = directory;
    this.shared = shared;
    this.meters = meters;
    this.environment = Map.copyOf(environment);
    this.say = say;
  }

  /** What is done with a system. */
  @FunctionalInterface
  interface Work<T> {
    T on(RunningSystem system) throws Exception;
  }

  /** Does work on a system, then audits it. */
  <T> T run(Work<T> work) throws Exception {
    RunningSystem system = Optional.ofNullable(kept).orElseGet(this::startFresh);
    kept = system;
    try {
      T result = work.on(system);
      audit(Objects.requireNonNull(kept));
      return result;
    } finally {
      if (!shared) {
        stop();
      }
    }
  }

  private RunningSystem startFresh() {
    directory.wipe();
    RunningSystem system = RunningSystem.start(directory, MIDNIGHT, environment);
    new Opening(system).catalogue(meters);
    return system;
  }

  /** The system starts again, on what it has; the one before is stopped. */
  RunningSystem restart(RunningSystem system) {
    system.close();
    RunningSystem again = RunningSystem.start(directory, system.nextHour(), environment);
    kept = again;
    return again;
  }

  /** A directory beside that of the systems. */
  DataDirectory beside(String name) {
    Path root = directory.root();
    return new DataDirectory(root.resolveSibling(root.getFileName() + "-" + name));
  }

  private void audit(RunningSystem system) {
    system.awaitRest();
    AuditReport report = AuditReport.of(system.api());
    if (!report.green()) {
      report.lines().forEach(say);
    }
    say.accept(report.green() ? "  audit: green" : "  audit: RED");
    green &= report.green();
  }

  /** Whether every audit so far was green. */
  boolean areGreen() {
    return green;
  }

  void say(String line) {
    say.accept(line);
  }

  private void stop() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
