package io.tollgate.standalone;

/**
 * What a stop of this process (Ctrl-C, {@code kill}) closes, so that no database of it goes on
 * without it.
 */
final class StopHook {

  private final Thread thread;

  private StopHook(Thread thread) {
    this.thread = thread;
  }

  /** From here on a stop of the process runs this. */
  static StopHook closing(Runnable close) {
    Thread thread = new Thread(close, "stop-hook");
    Runtime.getRuntime().addShutdownHook(thread);
    return new StopHook(thread);
  }

  /** A stop of the process no longer runs it, unless it is being stopped already. */
  void remove() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is stopping: the hook has begun, and is what closes.
    }
  }
}
