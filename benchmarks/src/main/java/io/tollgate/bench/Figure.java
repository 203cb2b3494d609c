package io.tollgate.bench;

import java.time.Duration;

/**
 * A measured rate.
 *
 * @param name what was measured
 * @param items how many
 * @param nanos in how long, by machine time
 */
record Figure(String name, long items, long nanos) {

  /** Work that is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static Figure of(String name, long items, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return new Figure(name, items, System.nanoTime() - start);
  }

  double perSecond() {
    return items * 1e9 / nanos;
  }

  String line() {
    return "%-46s %,12d in %7.1f s  %,12.0f /s"
        .formatted(name, items, Duration.ofNanos(nanos).toMillis() / 1e3, perSecond());
  }
}
