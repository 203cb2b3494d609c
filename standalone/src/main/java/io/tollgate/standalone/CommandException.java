package io.tollgate.standalone;

/**
 * A command that cannot be carried out for a reason its user can mend: one line for people, nothing
 * in the log.
 */
class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * A command that was refused.
   *
   * @param message what is wrong and what to do about it, in one line
   */
  CommandException(String message) {
    this(message, ExitCode.FAILED);
  }

  CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
