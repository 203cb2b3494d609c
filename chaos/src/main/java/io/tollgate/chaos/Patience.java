package io.tollgate.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for the machine, with a limit. */
public final class Patience {

  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private Patience() {}

  /**
   * Waits until something is so.
   *
   * @throws IllegalStateException when it is not within the limit
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    if (!holdsWithin(limit, condition)) {
      throw new IllegalStateException("no " + what + " within " + limit);
    }
  }

  /** Whether something comes to be so within a limit. */
  public static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** Lets time pass. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
