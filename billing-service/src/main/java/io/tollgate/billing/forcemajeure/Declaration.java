package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Force majeure as an operator declared it (C10.1).
 *
 * @param declaration its id
 * @param from when it begins
 * @param to when it ends, exclusive; the beginning when it was withdrawn before it began
 * @param allAccounts whether it is for every account
 * @param accounts for which, when it is not for all
 * @param reason why
 * @param declaredBy who declared it
 * @param endedBy who ended it early, if somebody did
 * @param applied whether all accounts have been told and recomputed
 */
record Declaration(
    String declaration,
    Instant from,
    Instant to,
    boolean allAccounts,
    List<AccountId> accounts,
    String reason,
    String declaredBy,
    Instant declaredAt,
    Optional<String> endedBy,
    Optional<Instant> endedAt,
    boolean applied) {

  /** When it last became what it is. */
  Instant changedAt() {
    return endedAt.orElse(declaredAt);
  }

  /** What an account that it concerns is told. */
  BillingEvent eventFor(AccountId account) {
    return new BillingEvent.ForceMajeureDeclared(
        account, declaration, from, to, reason, changedAt(), Rules.FORCE_MAJEURE);
  }

  /** Whether it excuses anything at all. */
  boolean isWithdrawn() {
    return !from.isBefore(to);
  }
}
