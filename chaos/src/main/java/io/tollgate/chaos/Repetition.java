package io.tollgate.chaos;

import org.jspecify.annotations.Nullable;

/** Repeats something on a thread of its own, until it is closed or fails. */
final class Repetition implements AutoCloseable {
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param once what is repeated; it pauses by itself
   */
  Repetition(String name, Runnable once) {
    this.thread = new Thread(() -> run(once), name);
  }

  void start() {
    thread.start();
  }

  private void run(Runnable once) {
    try {
      while (!stopped) {
        once.run();
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /**
   * Stops after the repetition under way.
   *
   * @throws IllegalStateException if one failed
   */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException(thread.getName() + " ended early", e);
    }
  }
}
