package io.tollgate.account.commands;

import java.time.Duration;

/**
 * How long to wait before a command is repeated: doubling, up to a limit.
 *
 * @param first after the first delivery
 * @param longest the bound
 */
record Backoff(Duration first, Duration longest) {

  private static final int MAX_DOUBLINGS = 20;

  Duration after(int delivery) {
    Duration doubled = first.multipliedBy(1L << Math.min(delivery - 1, MAX_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
