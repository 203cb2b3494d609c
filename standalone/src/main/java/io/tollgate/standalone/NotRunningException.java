package io.tollgate.standalone;

/** Nothing runs on a data directory. */
final class NotRunningException extends CommandException {
  private static final long serialVersionUID = 1L;

  NotRunningException(DataDirectory directory) {
    super(
        "nothing is running on %s; start it with: tollgate up --data-dir %s"
            .formatted(directory.root(), directory.root()),
        ExitCode.NOT_RUNNING);
  }
}
