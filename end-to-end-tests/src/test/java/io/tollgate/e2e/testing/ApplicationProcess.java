package io.tollgate.e2e.testing;

import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Tollgate;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One run of the application: {@code tollgate up} in a Java virtual machine of its own.
 *
 * <p>It runs this process' class path, or the packaged application when the system property {@code
 * tollgate.app-jar} names it.
 */
final class ApplicationProcess {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
  private static final String PROCESS_FILE = "process.properties";

  private final Process process;
  private final Path console;

  private ApplicationProcess(Process process, Path console) {
    this.process = process;
    this.console = console;
    // Whatever ends the tests, nothing is left running.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-application"));
  }

  static ApplicationProcess start(DataDirectory directory, Settings settings, int firstPort) {
    Path console = directory.part("logs").resolve("console.log");
    List<String> command =
        command(
            settings.systemProperties(),
            "up",
            "--data-dir",
            directory.root().toString(),
            "--port",
            "" + firstPort);
    command.addAll(settings.arguments());
    try {
      // A killed process leaves the file, and its presence is what tells that the next is ready.
      Files.deleteIfExists(directory.root().resolve(PROCESS_FILE));
      return new ApplicationProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
              .start(),
          console);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the application", e);
    }
  }

  /** How a command of the application is run. */
  static List<String> command(Stream<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1200m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Duser.timezone=UTC",
            "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options.toList());
    command.addAll(application());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> application() {
    String jar = System.getProperty("tollgate.app-jar", "");
    if (!jar.isEmpty()) {
      return List.of("-jar", new File(jar).getAbsolutePath());
    }
    return List.of("-cp", System.getProperty("java.class.path"), Tollgate.class.getName());
  }

  int exitValue() {
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @throws IllegalStateException with the end of its output when it has ended
   */
  void failWhenDead() {
    if (process.isAlive()) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(console);
      throw new IllegalStateException(
          "the application ended with %d:%n%s"
              .formatted(
                  process.exitValue(),
                  String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    process.destroyForcibly();
    awaitEnd(process.toHandle());
  }

  void stop() {
    if (process.isAlive()) {
      process.destroy();
      awaitEnd(process.toHandle());
    }
  }

  /** The database is a process of its own: a killed application leaves it behind. */
  static void stopOrphanedDatabase(DataDirectory directory) {
    Path postgres = directory.root().resolve("postgres");
    if (!Files.exists(postgres)) {
      return;
    }
    try (var files = Files.walk(postgres, 2)) {
      Optional<Path> file = files.filter(path -> path.endsWith("postmaster.pid")).findFirst();
      if (file.isPresent()) {
        long pid = Long.parseLong(Files.readAllLines(file.get()).getFirst().strip());
        Optional<ProcessHandle> orphan =
            ProcessHandle.of(pid)
                .filter(handle -> handle.info().command().orElse("").endsWith("postgres"));
        if (orphan.isPresent()) {
          orphan.get().destroy();
          awaitEnd(orphan.get());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(ProcessHandle handle) {
    try {
      var unused = handle.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      handle.destroyForcibly();
      throw new IllegalStateException("process %d did not end".formatted(handle.pid()), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
