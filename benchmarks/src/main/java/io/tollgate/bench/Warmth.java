package io.tollgate.bench;

/**
 * Tells when rounds begin to count: after two minutes of load. Until then much of the time goes to
 * the JIT compiler.
 */
final class Warmth {
  private static final int MOST = 12;
  private static final double SECONDS = 120;

  private final Stopwatch watch = Stopwatch.start();
  private final int most;
  private int rounds;

  Warmth(Sizes sizes) {
    this.most = sizes.isSmall() ? 1 : MOST;
  }

  /** At most so many rounds do not count. */
  int most() {
    return most;
  }

  /** Whether the round that is just done counts; it is asked once for each. */
  boolean counts() {
    boolean warm = rounds >= most;
    rounds++;
    // The round that was under way then is the last that does not count.
    if (watch.seconds() > SECONDS) {
      rounds = most;
    }
    return warm;
  }
}
