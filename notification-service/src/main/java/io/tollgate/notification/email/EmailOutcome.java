package io.tollgate.notification.email;

import java.time.Duration;
import java.util.List;

/** What came of an e-mail that was due, and what follows from it. Pure. */
sealed interface EmailOutcome {

  /** The mail server took it. */
  record Accepted() implements EmailOutcome {}

  /** The mail server rejects it permanently: an operator must act. */
  record Refused(String reason) implements EmailOutcome {}

  /** It must not be sent; no action is needed. */
  record Suppressed(String reason) implements EmailOutcome {}

  /** It may work later. */
  record TryLater(String reason) implements EmailOutcome {}

  /** The connection broke while it was handed over: the mail server may have it or not. */
  record Unknown(String reason) implements EmailOutcome {}

  /** Waits after the 1st, 2nd, ... failed attempt: about two days in all. */
  List<Duration> BACKOFF =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofHours(24));

  /** The wait after so many failed attempts. */
  static Duration waitAfter(int attempts) {
    return BACKOFF.get(Math.clamp(attempts - 1L, 0, BACKOFF.size() - 1));
  }
}
