package io.tollgate.store.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of posting a message once.
 *
 * @param status the receiver's HTTP status; empty without an answer
 * @param retryAfter how long the receiver asks to wait
 * @param outcome in words, for the receiver's owner and for operators
 */
record Attempt(Optional<Integer> status, Optional<Duration> retryAfter, String outcome) {

  private static final int GONE = 410;

  static Attempt answered(int status, Optional<Duration> retryAfter) {
    return new Attempt(Optional.of(status), retryAfter, "answered " + status);
  }

  static Attempt unanswered(String outcome) {
    return new Attempt(Optional.empty(), Optional.empty(), outcome);
  }

  /** Whether the receiver has the message. */
  boolean isDelivered() {
    return status.filter(code -> code >= 200 && code < 300).isPresent();
  }

  /** Whether the receiver wants no messages any more. */
  boolean isGone() {
    return status.filter(code -> code == GONE).isPresent();
  }
}
