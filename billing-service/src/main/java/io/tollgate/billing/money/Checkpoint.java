package io.tollgate.billing.money;

import io.tollgate.model.CurrencyCode;
import java.time.Instant;

/**
 * An account as it stood after a part of its history: what a replay may begin with, so that it does
 * not begin years ago. It contains all movements up to one in the order of booking, none of the
 * later ones, and every one of these counts after it.
 *
 * @param sequence the last movement that it contains; 0 for the beginning
 * @param valueTime when the latest movement counts that it contains
 * @param accruedTo the days that ended by then have their penalty
 * @param balances what the account had and owed
 */
public record Checkpoint(long sequence, Instant valueTime, Instant accruedTo, Balances balances) {
  public Checkpoint {
    if (sequence < 0) {
      throw new IllegalArgumentException("movements are numbered from 1, not " + sequence);
    }
  }

  /** Before anything happened. */
  public static Checkpoint beginning(CurrencyCode currency) {
    return new Checkpoint(0, Instant.MIN, Instant.MIN, Balances.none(currency));
  }

  /** Whether it is the beginning, so that nothing came before it. */
  public boolean isBeginning() {
    return sequence == 0;
  }
}
