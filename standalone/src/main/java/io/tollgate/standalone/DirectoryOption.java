package io.tollgate.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data directory a command is about. */
final class DirectoryOption {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = ".tollgate/up",
      description = "The data directory (default: ${DEFAULT-VALUE}).")
  private Path path = Path.of(".tollgate", "up");

  /**
   * A directory on which something was started once.
   *
   * @throws CommandException when it is none; nothing is created
   */
  DataDirectory directory() {
    DataDirectory directory = named();
    if (!directory.isUsed()) {
      throw new CommandException(
          "%s is not a Tollgate data directory; 'tollgate up --data-dir %s' creates one"
              .formatted(directory.root(), directory.root()),
          ExitCode.NOT_RUNNING);
    }
    Logs.to(directory);
    return directory;
  }

  /**
   * A directory on which something was started once, or that holds the key of services that run
   * elsewhere.
   *
   * @throws CommandException when it is neither; nothing is created
   */
  DataDirectory withKey() {
    DataDirectory directory = named();
    return directory.hasKey() ? directory : directory();
  }

  /** The directory, whether there is one or not. */
  DataDirectory named() {
    return new DataDirectory(path);
  }

  /**
   * What runs on it.
   *
   * @throws CommandException when nothing does, or not yet
   */
  RunningProcess running() {
    DataDirectory directory = directory();
    return directory
        .running()
        .orElseThrow(
            () ->
                directory.isLocked()
                    ? new CommandException(
                        directory.root()
                            + " is being started or used by another command: try again soon",
                        ExitCode.NOT_RUNNING)
                    : new NotRunningException(directory));
  }
}
