package io.tollgate.e2e.testing;

import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Tollgate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * How the application is run: this process' class path, or the packaged application when the system
 * property {@code tollgate.app-jar} names it.
 */
final class ApplicationProcess {

  private static final String PROCESS_FILE = "process.properties";

  private ApplicationProcess() {}

  /** Starts {@code tollgate up} on a directory. */
  static JavaProcess start(DataDirectory directory, Settings settings, int firstPort) {
    try {
      // A killed process leaves the file, and its presence is what tells that the next is ready.
      Files.deleteIfExists(directory.root().resolve(PROCESS_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the application", e);
    }
    return command(directory, "up")
        .with(settings.systemProperties().toList())
        .to("--port", "" + firstPort)
        .to(settings.arguments())
        .start(directory.part("logs").resolve("console.log"));
  }

  /** A command of the application on a directory. */
  static JavaCommand command(DataDirectory directory, String... words) {
    return JavaCommand.ofApplication(Tollgate.class)
        .with("-Xmx1200m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .to(words)
        .to("--data-dir", directory.root().toString());
  }
}
