package io.tollgate.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory a command is about. */
final class DirectoryOption {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".tollgate/up",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path path = Path.of(".tollgate", "up");

  DataDirectory directory() {
    DataDirectory directory = new DataDirectory(path);
    Logs.to(directory);
    return directory;
  }

  RunningProcess running() {
    DataDirectory directory = directory();
    return directory.running().orElseThrow(() -> new NotRunningException(directory));
  }
}
