package io.tollgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Java virtual machine of its own. */
final class JavaProcess implements AutoCloseable {
  private static final long MIB = 1_024;

  private final Process process;
  private final Thread end;

  private JavaProcess(Process process) {
    this.process = process;
    this.end = new Thread(process::destroy, "end-" + process.pid());
    // Whatever ends the run, nothing is left behind.
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Starts one.
   *
   * @param console takes its output
   * @param arguments options of the virtual machine, what to run, and its arguments
   */
  static JavaProcess start(Path console, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(arguments);
    try {
      return new JavaProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(console.toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a main class of this one's class path. */
  static List<String> ofClassPath(Class<?> main) {
    return List.of("-cp", System.getProperty("java.class.path"), main.getName());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it holds of the machine's memory now (VmRSS), in MB; on Linux only. */
  double residentMb() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / (double) MIB;
    } catch (IOException e) {
      throw new UncheckedIOException("the memory of a process can't be read", e);
    }
  }

  /** Lets it stop by itself; whatever does not within a minute is stopped. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    process.destroy();
    var unused =
        process
            .onExit()
            .orTimeout(1, TimeUnit.MINUTES)
            .exceptionally(late -> process.destroyForcibly())
            .join();
  }
}
