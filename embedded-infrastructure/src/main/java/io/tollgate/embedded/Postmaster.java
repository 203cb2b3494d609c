package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The database server that runs on a directory, whoever started it: a process of its own, which
 * outlives a killed parent.
 */
public final class Postmaster {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Postmaster() {}

  /**
   * Stops it, if there is one: sessions are ended, and data is written.
   *
   * @param directory of {@link EmbeddedDatabase}
   * @throws IllegalStateException when it does not end
   */
  public static void stop(Path directory) {
    // SIGINT is PostgreSQL's fast shutdown.
    end(directory, "INT");
  }

  /**
   * Kills it, if there is one (SIGKILL).
   *
   * @param directory of {@link EmbeddedDatabase}
   * @throws IllegalStateException when it does not end
   */
  public static void kill(Path directory) {
    end(directory, "KILL");
  }

  /**
   * Freezes it with all its sessions (SIGSTOP): connections stay open, and nothing answers.
   *
   * @param directory of {@link EmbeddedDatabase}
   */
  public static void pause(Path directory) {
    signalAll(directory, "STOP");
  }

  /**
   * Lets it go on (SIGCONT).
   *
   * @param directory of {@link EmbeddedDatabase}
   */
  public static void resume(Path directory) {
    signalAll(directory, "CONT");
  }

  private static void signalAll(Path directory, String signal) {
    find(directory.resolve("data").toAbsolutePath())
        .ifPresent(
            server -> {
              Signals.send(signal, server.pid());
              server.descendants().forEach(session -> Signals.send(signal, session.pid()));
            });
  }

  private static void end(Path directory, String signal) {
    find(directory.resolve("data").toAbsolutePath())
        .ifPresent(
            server -> {
              Signals.send(signal, server.pid());
              awaitEnd(server, directory);
            });
  }

  /** A process id in a file may be another's by now. */
  private static Optional<ProcessHandle> find(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
              .filter(
                  process ->
                      process
                          .info()
                          .commandLine()
                          .filter(line -> line.contains(data.toString()))
                          .isPresent())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void awaitEnd(ProcessHandle server, Path directory) {
    try {
      var unused = server.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(
          "the PostgreSQL server %d of %s does not end".formatted(server.pid(), directory), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
