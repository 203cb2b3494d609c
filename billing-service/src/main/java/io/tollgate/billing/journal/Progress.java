package io.tollgate.billing.journal;

import static io.tollgate.model.Instants.later;

import java.time.Instant;

/**
 * How far an account is booked.
 *
 * @param accruedTo the days that ended by then have their penalty
 * @param lastMovementAt when its last movement was booked
 * @param nextSequence the number of its next movement, from 1
 */
record Progress(Instant accruedTo, Instant lastMovementAt, long nextSequence) {
  Progress {
    if (nextSequence < 1) {
      throw new IllegalArgumentException("movements are numbered from 1, not " + nextSequence);
    }
  }

  /** The same with one movement more. */
  Progress moved(Instant bookedAt) {
    return new Progress(accruedTo, later(bookedAt, lastMovementAt), nextSequence + 1);
  }

  Progress accrued(Instant until) {
    return new Progress(later(until, accruedTo), lastMovementAt, nextSequence);
  }
}
