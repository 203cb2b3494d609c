package io.tollgate.bench;

import java.util.concurrent.locks.LockSupport;

/**
 * When things are meant to happen at a steady rate, whatever became of those before. Time is
 * measured from there: a stall counts for everything that was meant to happen meanwhile, not only
 * for what was under way (no coordinated omission).
 *
 * @param startNanos of the first
 * @param perSecond how many
 */
record OpenLoop(long startNanos, double perSecond) {

  OpenLoop {
    if (perSecond <= 0) {
      throw new IllegalArgumentException("a rate is above 0");
    }
  }

  static OpenLoop fromNow(double perSecond) {
    return new OpenLoop(System.nanoTime(), perSecond);
  }

  /** When number {@code n}, counted from 0, is meant to happen. */
  long intended(long n) {
    return startNanos + (long) (n * 1e9 / perSecond);
  }

  /** How many are meant to have happened by then. */
  long dueBy(long nanos) {
    return nanos < startNanos ? 0 : (long) ((nanos - startNanos) * perSecond / 1e9) + 1;
  }

  /** Waits until number {@code n} is meant to happen. */
  void await(long n) {
    long at = intended(n);
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
