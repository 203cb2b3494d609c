package io.tollgate.store.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message in the delivery log.
 *
 * @param delivery its number
 * @param message its id, which the receiver has as {@code webhook-id}
 * @param type its type
 * @param state PENDING, DELIVERED, FAILED (no attempt is left) or CANCELLED (no longer wanted)
 * @param queuedAt when it was queued, or replayed
 * @param nextAttemptAt of a pending one
 * @param attempts the latest ones, the oldest first
 */
public record DeliveryView(
    long delivery,
    String message,
    String type,
    State state,
    Instant queuedAt,
    Optional<Instant> nextAttemptAt,
    List<AttemptView> attempts) {

  /** How a message fares. */
  public enum State {
    PENDING,
    DELIVERED,
    FAILED,
    CANCELLED
  }

  /**
   * One attempt.
   *
   * @param number 1, 2, 3 ... of the message
   * @param at when, in business time
   * @param status the receiver's HTTP status; empty without an answer
   * @param outcome in words
   */
  public record AttemptView(int number, Instant at, Optional<Integer> status, String outcome) {}
}
