package io.tollgate.metering.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of events that fills at a steady rate.
 *
 * <p>Whoever finds it not empty may take more than is in it, and all wait then until it has filled
 * again: a batch larger than the bucket is served, and costs its time. The bucket is one number:
 * the instant at which it is full again.
 */
final class Bucket {

  private static final long SECOND = 1_000_000_000L;

  private final long eventsPerSecond;
  private final long burstNanos;
  private final AtomicLong fullAt;

  /**
   * A full bucket.
   *
   * @param burstNanos how long it takes to fill
   * @param now any monotonic time in nanoseconds
   */
  Bucket(long eventsPerSecond, long burstNanos, long now) {
    this.eventsPerSecond = eventsPerSecond;
    this.burstNanos = burstNanos;
    this.fullAt = new AtomicLong(now);
  }

  /** Nanoseconds until it is not empty; 0 or less when it is not. */
  long waitNanos(long now) {
    return fullAt.get() - now - burstNanos + 1;
  }

  /** Takes events out. */
  void take(int events, long now) {
    long cost = Math.multiplyExact(events, SECOND) / eventsPerSecond;
    fullAt.accumulateAndGet(cost, (at, more) -> (at - now > 0 ? at : now) + more);
  }

  /** Whether it is full, and thus no different from a new one. */
  boolean isFull(long now) {
    return fullAt.get() - now <= 0;
  }
}
