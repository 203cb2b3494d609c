package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.LocalDate;

/**
 * The penalty of one bill for one natural day: there is one entry per bill and day (C2.3).
 *
 * @param bill the bill
 * @param day the local date
 * @param principal what was owed of the bill at the day's end, above 0
 * @param amount what the day costs, HALF_UP to 6 digits, above 0
 */
public record PenaltyDay(BillId bill, LocalDate day, Money principal, Money amount) {
  public PenaltyDay {
    if (!principal.isPositive() || !amount.isPositive()) {
      throw new IllegalArgumentException(
          "a penalty of %s on %s; both must be above 0".formatted(amount, principal));
    }
  }

  /** What its postings bear, the same whenever it is computed. */
  public Cause cause() {
    return Cause.penaltyDay(bill, day);
  }
}
