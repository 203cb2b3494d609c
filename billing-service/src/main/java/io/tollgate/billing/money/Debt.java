package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;

/**
 * What is unpaid of a bill from one due time on. A bill has a second one when a reversed recharge
 * uncovers part of it again: that is owed from the reversal only.
 *
 * @param bill the bill
 * @param dueAt from when on it is owed
 * @param principal unpaid principal, not negative
 * @param penalty unpaid penalty, not negative, in the currency of the principal; kept with the
 *     bill's earliest debt
 */
public record Debt(BillId bill, Instant dueAt, Money principal, Money penalty)
    implements Comparable<Debt> {
  public Debt {
    if (principal.isNegative() || penalty.isNegative()) {
      throw new IllegalArgumentException("a debt is not negative");
    }
    if (!principal.currency().equals(penalty.currency())) {
      throw new IllegalArgumentException(
          "a debt in two currencies: %s and %s".formatted(principal, penalty));
    }
  }

  Pot.Principal principalPot() {
    return new Pot.Principal(bill, dueAt);
  }

  Pot.Penalty penaltyPot() {
    return new Pot.Penalty(bill, dueAt);
  }

  boolean isPaid() {
    return principal.isZero() && penalty.isZero();
  }

  Debt plus(Debt other) {
    return new Debt(bill, dueAt, principal.plus(other.principal), penalty.plus(other.penalty));
  }

  Debt withPrincipal(Money value) {
    return new Debt(bill, dueAt, value, penalty);
  }

  Debt withPenalty(Money value) {
    return new Debt(bill, dueAt, principal, value);
  }

  /** The order in which debts are paid: oldest due time first (C2.2, choice). */
  @Override
  public int compareTo(Debt other) {
    int byDue = dueAt.compareTo(other.dueAt);
    return byDue != 0 ? byDue : bill.compareTo(other.bill);
  }
}
