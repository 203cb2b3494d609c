package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.LocalDate;

/**
 * The penalty of a bill for a natural day (C2.3). There is at most one per bill and day. Throws
 * {@link IllegalArgumentException} if an amount is not above 0.
 *
 * @param bill the bill
 * @param day the local date
 * @param principal the bill's principal owed at the end of the day, above 0
 * @param amount what the day costs, rounded HALF_UP to 6 digits, above 0
 */
public record PenaltyDay(BillId bill, LocalDate day, Money principal, Money amount) {
  public PenaltyDay {
    if (!principal.isPositive() || !amount.isPositive()) {
      throw new IllegalArgumentException(
          "a penalty of %s on %s; both must be above 0".formatted(amount, principal));
    }
  }

  /** The cause of its postings, the same whenever it is computed. */
  public Cause cause() {
    return Cause.penaltyDay(bill, day);
  }
}
