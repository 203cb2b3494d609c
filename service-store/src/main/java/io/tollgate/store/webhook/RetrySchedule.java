package io.tollgate.store.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a message is posted again: eleven attempts over three days. */
final class RetrySchedule {

  /** Waits after the 1st, 2nd, ... failed attempt, as Standard Webhooks suggests. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(14),
          Duration.ofHours(16));

  /** A receiver that asks for a longer pause is asked again after this. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

  private RetrySchedule() {}

  /**
   * The wait before the next attempt; empty when there is none.
   *
   * @param attempts failed attempts so far, at least one
   * @param asked the pause that the receiver asked for; never shortens the wait
   */
  static Optional<Duration> waitAfter(int attempts, Optional<Duration> asked) {
    if (attempts > WAITS.size()) {
      return Optional.empty();
    }
    Duration wait = WAITS.get(attempts - 1);
    return Optional.of(
        asked.map(RetrySchedule::bounded).filter(p -> p.compareTo(wait) > 0).orElse(wait));
  }

  /** A pause that a receiver asked for, up to a day. */
  static Duration bounded(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
