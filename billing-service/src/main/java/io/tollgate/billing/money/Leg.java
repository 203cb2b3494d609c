package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.util.Optional;

/**
 * An amount that a movement moved on one sub-account. Throws {@link IllegalArgumentException} if
 * the amount is 0, or there is no bill on another sub-account than funds.
 *
 * @param subAccount the sub-account
 * @param bill the bill it concerns; only funds move without one
 * @param amount in the customer's favour, never 0
 */
public record Leg(SubAccount subAccount, Optional<BillId> bill, Money amount) {
  public Leg {
    if (amount.isZero()) {
      throw new IllegalArgumentException("a leg of nothing");
    }
    if (bill.isEmpty() && subAccount != SubAccount.FUNDS) {
      throw new IllegalArgumentException(subAccount + " moves " + amount + " for no bill");
    }
  }

  /** Whether both move the same sub-account, and concern the same bill or none. */
  boolean isOfSamePart(Leg other) {
    return subAccount == other.subAccount && bill.equals(other.bill);
  }

  static Leg of(SubAccount subAccount, Money amount) {
    return new Leg(subAccount, Optional.empty(), amount);
  }

  static Leg of(SubAccount subAccount, BillId bill, Money amount) {
    return new Leg(subAccount, Optional.of(bill), amount);
  }
}
