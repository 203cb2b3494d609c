package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
 * @param setAside accounts of the partition of which work was set aside by then, at most {@link
 *     #MAX_SET_ASIDE}: what that work will tell of them may be of an earlier instant after all, so
 *     nothing is done that cannot be undone. Absent in what earlier releases wrote
 */
public record BillingWatermark(Instant completeTo, long epoch, Optional<List<AccountId>> setAside)
    implements BillingRecord {

  /** As many as fit into one record. */
  public static final int MAX_SET_ASIDE = 10_000;

  /** Refuses an epoch that never began, and more accounts than fit into a record. */
  public BillingWatermark {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be at least 1, not " + epoch);
    }
    setAside = setAside.map(List::copyOf);
    setAside
        .map(List::size)
        .filter(size -> size > MAX_SET_ASIDE)
        .ifPresent(
            size -> {
              throw new IllegalArgumentException(
                  "a watermark names at most %d accounts, not %d".formatted(MAX_SET_ASIDE, size));
            });
  }
}
