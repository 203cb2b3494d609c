package io.tollgate.account.accounts;

import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest debt of each account in a batch of billing's events, taken over unchanged, so that
 * this service shows and uses exactly the figures that billing has (C2.3).
 */
public final class StatedDebts {
  private final Map<AccountId, Stated> newest = new LinkedHashMap<>();

  /**
   * An account's figures.
   *
   * @param owed principal past due; empty when only the penalty was stated
   * @param penalty penalty not yet paid
   */
  record Stated(AccountId account, Optional<BigDecimal> owed, BigDecimal penalty) {}

  /** Takes an event in; those that state no debt change nothing. */
  public void take(BillingEvent event) {
    if (event instanceof BillingEvent.DebtStated e) {
      put(e.account(), Optional.of(e.owed().amount()), e.penalty());
    } else if (event instanceof BillingEvent.PenaltyAccrued e) {
      Stated before = newest.get(e.account());
      put(e.account(), before == null ? Optional.empty() : before.owed(), e.unpaid());
    }
  }

  private void put(AccountId account, Optional<BigDecimal> owed, Money penalty) {
    newest.put(account, new Stated(account, owed, penalty.amount()));
  }

  /** Of each account what was stated last. */
  Collection<Stated> newest() {
    return newest.values();
  }
}
