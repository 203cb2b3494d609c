package io.tollgate.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition with a limit. */
public final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /**
   * Asks until the answer is accepted.
   *
   * @throws AssertionError with the last answer when it is not within the limit
   */
  public static <T> T until(Duration limit, Supplier<T> asked, Predicate<T> accepted) {
    long start = System.nanoTime();
    while (true) {
      T answer = asked.get();
      if (accepted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError("not within " + limit + ": " + answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
