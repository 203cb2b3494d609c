package io.tollgate.billing.journal;

import io.tollgate.billing.money.Pot;
import io.tollgate.model.Money;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the pots that are stored of an account differ from what they are now: an account long in
 * arrears has hundreds, of which a bill or a payment changes few.
 *
 * @param gone stored, and no longer there
 * @param changed stored with other amounts; each as it is now
 * @param added not stored yet
 */
record Changes(Map<Pot, Money> gone, Map<Pot, Money> changed, Map<Pot, Money> added) {

  /** Compares those of the pots that are stored as rows. */
  static Changes between(Map<Pot, Money> stored, Map<Pot, Money> now) {
    Map<Pot, Money> gone = new LinkedHashMap<>();
    Map<Pot, Money> changed = new LinkedHashMap<>();
    Map<Pot, Money> added = new LinkedHashMap<>();
    stored.forEach(
        (pot, amount) -> {
          if (PotRow.isRow(pot) && !now.containsKey(pot)) {
            gone.put(pot, amount);
          }
        });
    now.forEach(
        (pot, amount) -> {
          Money old = stored.get(pot);
          if (PotRow.isRow(pot) && !amount.equals(old)) {
            (old == null ? added : changed).put(pot, amount);
          }
        });
    return new Changes(gone, changed, added);
  }
}
