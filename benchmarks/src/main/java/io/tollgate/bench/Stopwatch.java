package io.tollgate.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Machine time since it was started. */
record Stopwatch(long startNanos) {

  private static final long MIN_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Work that is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /**
   * Waits before looking again whether something is done: to look takes part of the machine, so the
   * longer it lasts the longer the pause, a hundredth of what was waited for already.
   */
  void pause() {
    LockSupport.parkNanos(
        Math.clamp((System.nanoTime() - startNanos) / 100, MIN_PAUSE_NANOS, MAX_PAUSE_NANOS));
  }

  double perSecond(long items) {
    return items / seconds();
  }

  static double secondsOf(Work work) throws Exception {
    Stopwatch watch = start();
    work.run();
    return watch.seconds();
  }

  /** How many items a second some work does. */
  static double rateOf(long items, Work work) throws Exception {
    return items / secondsOf(work);
  }
}
