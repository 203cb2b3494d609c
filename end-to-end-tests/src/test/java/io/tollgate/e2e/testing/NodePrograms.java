package io.tollgate.e2e.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The programs in {@code src/test/node}, with the packages of their lock file. */
public final class NodePrograms {

  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");

  private static final AtomicBoolean IS_INSTALLED = new AtomicBoolean();

  private NodePrograms() {}

  /** Installs the packages, once; skips the test where node or npm is missing. */
  public static synchronized void install() {
    assumeTrue(ForeignProgram.isInstalled("node"), "node is not installed");
    assumeTrue(ForeignProgram.isInstalled("npm"), "npm is not installed");
    if (IS_INSTALLED.get()) {
      return;
    }
    copySources();
    String unused =
        ForeignProgram.run(
            INSTALLED,
            List.of(
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
                "--loglevel=error"));
    IS_INSTALLED.set(true);
  }

  private static void copySources() {
    try (Stream<Path> files = Files.list(SOURCES)) {
      Files.createDirectories(INSTALLED);
      for (Path file : files.toList()) {
        Files.copy(
            file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one, and answers what it printed. */
  public static String run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("node", program));
    command.addAll(List.of(arguments));
    return ForeignProgram.run(INSTALLED, command);
  }
}
