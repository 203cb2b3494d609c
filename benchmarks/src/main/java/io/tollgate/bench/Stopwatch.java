package io.tollgate.bench;

/** Machine time since it was started. */
record Stopwatch(long startNanos) {

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
