package io.tollgate.billing.money;

import io.tollgate.model.CurrencyCode;
import java.time.Instant;

/**
 * The state of an account after part of its history. A replay may begin with it instead of at the
 * opening of the account.
 *
 * <p>It contains all movements up to a number and none after it, and every later movement has a
 * later value time than it.
 *
 * @param sequence the number of the last movement that it contains; 0 for the beginning
 * @param valueTime the latest value time of the movements that it contains
 * @param accruedTo the penalties of all days that ended by then are accrued
 * @param balances what the account had and owed
 */
public record Checkpoint(long sequence, Instant valueTime, Instant accruedTo, Balances balances) {
  public Checkpoint {
    if (sequence < 0) {
      throw new IllegalArgumentException("movements are numbered from 1, not " + sequence);
    }
  }

  /** The state before the first movement. */
  public static Checkpoint beginning(CurrencyCode currency) {
    return new Checkpoint(0, Instant.MIN, Instant.MIN, Balances.none(currency));
  }

  /** Whether it contains no movement. */
  public boolean isBeginning() {
    return sequence == 0;
  }
}
