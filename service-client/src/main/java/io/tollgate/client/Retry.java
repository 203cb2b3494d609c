package io.tollgate.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends a request again, the same each time, until its answer is about the request and not about
 * the state of the service: events and money-moving requests are taken once however often they are
 * sent.
 *
 * @param limit for so long it is sent again
 * @param again told each time that it is
 */
public record Retry(Duration limit, Runnable again) {

  private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

  /** Tells nobody. */
  public static Retry within(Duration limit) {
    return new Retry(limit, () -> {});
  }

  /**
   * Sends it until it is answered.
   *
   * @throws IllegalStateException when it is not within the limit
   */
  public Answer answer(Supplier<Answer> request) {
    long start = System.nanoTime();
    Answer answer = request.get();
    while (answer.asksToComeAgain()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException("for %s the answer is %s".formatted(limit, answer));
      }
      again.run();
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = request.get();
    }
    return answer;
  }
}
