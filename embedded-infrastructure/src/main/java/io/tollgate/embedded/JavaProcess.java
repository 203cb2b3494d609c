package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A Java virtual machine of its own: stopped, killed, paused, and looked at. It never outlives the
 * process that started it.
 */
public final class JavaProcess implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  /** This process is about to end. */
  private static final Duration LAST_LIMIT = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
  private static final double KIB_PER_MIB = 1_024;
  private static final int LAST_LINES = 40;

  private final Process process;
  private final Path output;
  private final Thread hook;

  JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.hook = new Thread(this::end, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
    var unused = process.onExit().thenRun(this::forget);
  }

  /** It may have processes of its own, such as a database, which only it can stop. */
  private void end() {
    process.destroy();
    if (exitWithin(LAST_LIMIT).isEmpty()) {
      process.destroyForcibly();
    }
  }

  /** Of a process that has ended nothing is to be ended. */
  private void forget() {
    try {
      var unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending itself, and runs its hooks.
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * How it ended.
   *
   * @throws IllegalThreadStateException when it has not
   */
  public int exitValue() {
    return process.exitValue();
  }

  /** How it ends; empty when it does not within a limit. */
  public OptionalInt exitWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** SIGKILL; returns when it has ended. */
  public void kill() {
    process.destroyForcibly();
    if (exitWithin(STOP_LIMIT).isEmpty()) {
      throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
    }
  }

  /**
   * SIGTERM: it stops by itself, and is killed when it does not.
   *
   * @return whether it stopped by itself
   */
  public boolean stop() {
    process.destroy();
    boolean stopped = exitWithin(STOP_LIMIT).isPresent();
    if (!stopped) {
      kill();
    }
    return stopped;
  }

  /** Stops its threads where they are (SIGSTOP); its connections stay open. */
  public void pause() {
    Signals.send("STOP", process.pid());
  }

  /** Lets it go on (SIGCONT). */
  public void resume() {
    Signals.send("CONT", process.pid());
  }

  /** What it holds of the machine's memory now (VmRSS), in MB; on Linux only. */
  public double residentMb() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / KIB_PER_MIB;
    } catch (IOException e) {
      throw new UncheckedIOException("the memory of a process cannot be read", e);
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws IllegalStateException with the last that it printed, when it ends instead or takes
   *     longer than the limit
   */
  public void awaitReady(Duration limit, BooleanSupplier ready) {
    long start = System.nanoTime();
    while (!ready.getAsBoolean()) {
      requireAlive();
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException(
            "process %d is not ready within %s; %s".formatted(process.pid(), limit, lastWords()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Fails when it has ended.
   *
   * @throws IllegalStateException with the last that it printed
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "process %d ended with %d; %s"
              .formatted(process.pid(), process.exitValue(), lastWords()));
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(output);
      return "the end of %s:%n%s"
          .formatted(
              output,
              String.join(
                  "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@link #stop Stops} it, unless it has ended. */
  @Override
  public void close() {
    if (process.isAlive()) {
      var unused = stop();
    }
  }
}
