package io.tollgate.store.consumer;

import java.time.Duration;

/**
 * How long a consumer waits before it tries a failed batch again: twice as long after every try, up
 * to a limit that is far shorter than the poll interval, so that its partitions stay assigned.
 *
 * @param first after the first try
 * @param longest after many tries
 */
record RetryPauses(Duration first, Duration longest) {
  private static final int MANY_DOUBLINGS = 20;

  /** Those of a running service. */
  static final RetryPauses STANDARD =
      new RetryPauses(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** The pause after so many tries, at least one. */
  Duration after(int tries) {
    Duration doubled = first.multipliedBy(1L << Math.min(tries - 1, MANY_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
