package io.tollgate.bench;

/**
 * Tells when rounds begin to count: when one was hardly faster than the one before it. Until then
 * much of the time goes to the JIT compiler.
 */
final class Warmth {
  private static final int MOST = 6;
  private static final double GAIN = 1.1;

  private final int most;
  private int rounds;
  private double last;

  Warmth(Sizes sizes) {
    this.most = sizes.isSmall() ? 1 : MOST;
  }

  /** At most so many rounds do not count. */
  int most() {
    return most;
  }

  /**
   * Whether a round counts; it is asked once for each.
   *
   * @param rate what was done a second in it, or anything that grows with that
   */
  boolean counts(double rate) {
    boolean warm = rounds >= most;
    if (!warm) {
      rounds++;
      // The next one counts.
      if (last > 0 && rate < GAIN * last) {
        rounds = most;
      }
    }
    last = rate;
    return warm;
  }
}
