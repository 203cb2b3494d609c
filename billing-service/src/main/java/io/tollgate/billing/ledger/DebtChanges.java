package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.Debt;
import io.tollgate.model.BillId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an account's stored debts differ from what they are now: an account long in arrears has
 * hundreds of them, of which a bill or a payment changes few.
 *
 * @param gone stored, and paid since
 * @param changed stored with other amounts; each as it is now
 * @param added not stored yet
 */
record DebtChanges(List<Debt> gone, List<Debt> changed, List<Debt> added) {

  private record Key(BillId bill, Instant dueAt) {
    static Key of(Debt debt) {
      return new Key(debt.bill(), debt.dueAt());
    }
  }

  static DebtChanges between(List<Debt> stored, List<Debt> now) {
    Map<Key, Debt> before = new LinkedHashMap<>();
    stored.forEach(debt -> before.put(Key.of(debt), debt));
    List<Debt> changed = new ArrayList<>();
    List<Debt> added = new ArrayList<>();
    for (Debt debt : now) {
      Debt old = before.remove(Key.of(debt));
      if (old == null) {
        added.add(debt);
      } else if (!old.equals(debt)) {
        changed.add(debt);
      }
    }
    return new DebtChanges(List.copyOf(before.values()), changed, added);
  }
}
