package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.Debt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How an account's stored debts differ from what they are now: an account long in arrears has
 * hundreds of them, of which a bill or a payment changes few.
 *
 * @param outdated stored, and not so any more
 * @param current not stored as they are now
 */
record DebtChanges(List<Debt> outdated, List<Debt> current) {

  static DebtChanges between(List<Debt> stored, List<Debt> now) {
    return new DebtChanges(without(stored, now), without(now, stored));
  }

  private static List<Debt> without(List<Debt> debts, List<Debt> others) {
    Set<Debt> known = new HashSet<>(others);
    return debts.stream().filter(debt -> !known.contains(debt)).toList();
  }
}
