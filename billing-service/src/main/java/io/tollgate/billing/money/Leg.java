package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.util.Optional;

/**
 * One part of a movement: how much of it went to which part of the account.
 *
 * @param subAccount the part
 * @param bill the bill it concerns; only funds can move without one
 * @param amount signed in the customer's favour, never zero
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

  /** Whether both are of one part of the account, and of one bill if of any. */
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
