package io.tollgate.standalone;

/** Nothing runs on a data directory. */
final class NotRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotRunningException(DataDirectory directory) {
    super("nothing runs on " + directory.root() + "; start it by: tollgate up");
  }
}
