package io.tollgate.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java virtual machine of its own, on this one's class path, that can be treated badly. */
final class Child {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts a main class.
   *
   * @param logs takes what it logs, with {@code .log} after it, and its output, with {@code .out}
   * @param options of the virtual machine
   */
  static Child start(Path logs, List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx400m",
            "-XX:+UseSerialGC",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            "-Dtollgate.log=" + logs + ".log"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new Child(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of(logs + ".out").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + main.getSimpleName(), e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    if (!ends()) {
      throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
    }
  }

  /**
   * SIGTERM: it stops by itself, and is killed when it does not.
   *
   * @return whether it stopped by itself
   */
  boolean stop() {
    process.destroy();
    boolean stopped = ends();
    if (!stopped) {
      kill();
    }
    return stopped;
  }

  /** Stops its threads where they are (SIGSTOP); its connections stay open. */
  void pause() {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    Signals.send(name, process.pid());
  }

  private boolean ends() {
    try {
      return process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
