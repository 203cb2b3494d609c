package io.tollgate.e2e.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs, foremost such that are not ours, to their end. */
public final class ForeignProgram {

  private static final long LIMIT_MINUTES = 3;

  private ForeignProgram() {}

  /** Whether it can be run here. */
  public static boolean isInstalled(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Runs it and answers what it printed.
   *
   * @throws AssertionError with what it said when it did not succeed
   */
  public static String run(Path directory, List<String> command) {
    Path said = directory.resolve(Path.of(command.getFirst()).getFileName() + ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(said.toFile())
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            command + " failed: " + printed + java.nio.file.Files.readString(said));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
