package io.tollgate.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
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

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

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
    Answer answer = lastAnswer(request, Answer::asksToComeAgain);
    if (answer.asksToComeAgain()) {
      throw new IllegalStateException("for %s the answer is %s".formatted(limit, answer));
    }
    return answer;
  }

  /**
   * Sends it as long as its answers may be repeated and the limit is not reached, and returns the
   * last answer. The pauses double, up to a bound and with a random part, so that many clients do
   * not come again together; a pause that the service asks for is kept instead.
   */
  Answer lastAnswer(Supplier<Answer> request, Predicate<Answer> mayBeRepeated) {
    long start = System.nanoTime();
    Duration next = FIRST_PAUSE;
    Answer answer = request.get();
    while (mayBeRepeated.test(answer)) {
      Duration pause = answer.retryAfter().orElse(jittered(next));
      if (System.nanoTime() - start + pause.toNanos() > limit.toNanos()) {
        return answer;
      }
      again.run();
      LockSupport.parkNanos(pause.toNanos());
      next = next.compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
      answer = request.get();
    }
    return answer;
  }

  private static Duration jittered(Duration pause) {
    long half = pause.toNanos() / 2;
    return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
  }
}
