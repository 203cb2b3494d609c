package io.tollgate.model.event;

import java.time.Instant;

/**
 * How far billing has told everything of the accounts of one partition of {@code billing.events}:
 * what it booked up to that instant lies before this record, there. Readers take steps that fall
 * due by time up to it, and so never overtake a payment (section 6).
 *
 * <p>Bears no key and no number: it belongs to the partition it lies in and to no account.
 *
 * @param completeTo nothing of an earlier instant follows, the instant itself included
 * @param epoch billing's epoch: what a newer one says counts, even when it is less, because the
 *     database was restored
 */
public record BillingWatermark(Instant completeTo, long epoch) implements BillingRecord {

  /** Refuses an epoch that never began. */
  public BillingWatermark {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1, not " + epoch);
    }
  }
}
