package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.BillId;
import io.tollgate.model.Hashes;

/**
 * Ids of bills, derived from what they bill, so that nothing can be billed twice.
 *
 * <p>An id is the hash of a text that is spelled out here and pinned by tests, never of a {@code
 * toString}: renaming a field must not bill everything again.
 */
final class BillIds {
  private static final int DIGITS = 24;

  private BillIds() {}

  /** The bill of a cycle. */
  static BillId ofCycle(CycleKey cycle) {
    return hashed("bill-", text(cycle));
  }

  /**
   * A correction of a cycle.
   *
   * @param number 1 for the cycle's first correction
   */
  static BillId ofCorrection(CycleKey cycle, int number) {
    return hashed("adj-", text(cycle) + " " + number);
  }

  private static String text(CycleKey cycle) {
    return "CycleKey[account=%s, product=%s, start=%s] %s"
        .formatted(cycle.account().value(), cycle.product().value(), cycle.start(), cycle.start());
  }

  private static BillId hashed(String prefix, String text) {
    return BillId.of(prefix + Hashes.sha256(text, DIGITS));
  }
}
