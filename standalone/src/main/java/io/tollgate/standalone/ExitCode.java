package io.tollgate.standalone;

/** What commands tell scripts. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_RUNNING = 3;
  static final int DIFFERENCE = 4;

  private ExitCode() {}
}
