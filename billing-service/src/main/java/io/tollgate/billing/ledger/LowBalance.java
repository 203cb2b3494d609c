package io.tollgate.billing.ledger;

import io.tollgate.model.Money;
import java.util.Optional;

/**
 * Below what an account wants to be told, and whether it was (C2.2, C7.3).
 *
 * @param threshold what it asked for, if it did
 * @param told whether it was told since it was last above
 */
record LowBalance(Optional<Money> threshold, boolean told) {

  /** The same, told or not. */
  LowBalance told(boolean now) {
    return new LowBalance(threshold, now);
  }

  /** Whether an available balance is below the threshold. */
  boolean isBelow(Money available) {
    return threshold.filter(limit -> available.compareTo(limit) < 0).isPresent();
  }
}
