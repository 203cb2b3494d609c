package io.tollgate.billing.journal;

import static io.tollgate.model.Instants.later;

import java.time.Instant;

/**
 * How far an account is booked. Nothing is booked before either of the instants.
 *
 * @param accruedTo the penalties of all days that ended by then are accrued
 * @param lastMovementAt when the last movement was booked
 * @param nextSequence the number of the next movement, from 1
 */
record Progress(Instant accruedTo, Instant lastMovementAt, long nextSequence) {
  Progress {
    if (nextSequence < 1) {
      throw new IllegalArgumentException("movements are numbered from 1, not " + nextSequence);
    }
  }

  /** After one more movement. */
  Progress moved(Instant bookedAt) {
    return new Progress(accruedTo, later(bookedAt, lastMovementAt), nextSequence + 1);
  }

  Progress accrued(Instant until) {
    return new Progress(later(until, accruedTo), lastMovementAt, nextSequence);
  }
}
