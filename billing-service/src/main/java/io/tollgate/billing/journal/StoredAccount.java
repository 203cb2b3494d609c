package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.model.AccountId;

/**
 * An account as it is stored, from which an {@link OpenAccount} begins.
 *
 * @param id the account
 * @param partition the partition of the usage topics that carries it, from 0
 * @param terms the policies by which it is booked
 * @param balances what it has and owes
 * @param progress how far it is booked
 * @param published what was last published of it
 */
record StoredAccount(
    AccountId id,
    int partition,
    AccountTerms terms,
    Balances balances,
    Progress progress,
    LastPublished published) {
  StoredAccount {
    if (partition < 0) {
      throw new IllegalArgumentException("partition " + partition);
    }
  }

  /** What to change in the stored pots. */
  Changes potChanges(Balances now) {
    return Changes.between(balances.pots(), now.pots());
  }
}
