package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.Quoted;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Assigns payee accounts to customers: each customer has at most one, for ever (C2.2, A). */
@Component
class PayeeAccounts {
  private final JdbcPayeeAccounts repository;
  private final Ledger ledger;
  private final Transactions transactions;
  private final AuditTrail trail;
  private final BusinessClock clock;

  PayeeAccounts(
      JdbcPayeeAccounts repository,
      Ledger ledger,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    this.repository = repository;
    this.ledger = ledger;
    this.transactions = transactions;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Assigns a payee account; one that the account has already stays as it is.
   *
   * @param agreement the agreement under which it is assigned; empty if none is named
   * @throws ProblemException 409 if it belongs to another account or was assigned under another
   *     agreement, or the account has another
   */
  PayeeAccount assign(String payee, AccountId account, String agreement, String who) {
    PayeeAccount assigned = new PayeeAccount(payee, account, agreement, clock.now());
    return transactions.runHttp(
        () -> {
          var unusedLock = ledger.lockOne(account, clock.now());
          if (repository.insert(assigned, who)) {
            record(assigned, who);
          } else {
            requireSame(assigned);
          }
          return repository.find(payee).orElseThrow();
        });
  }

  private void record(PayeeAccount assigned, String who) {
    trail.record(
        new AuditEntry(
            who,
            Optional.of(assigned.account()),
            "payee-account",
            assigned.payee(),
            "assigned to account " + assigned.account(),
            Rules.RECHARGE.value(),
            assigned.agreement()));
  }

  private void requireSame(PayeeAccount assigned) {
    PayeeAccount own =
        repository
            .of(assigned.account())
            .orElseThrow(
                () ->
                    refused(
                        "payee account %s belongs to another account".formatted(assigned.payee())));
    if (!own.payee().equals(assigned.payee())) {
      throw refused(
          "account %s already has payee account %s".formatted(assigned.account(), own.payee()));
    }
    if (!assigned.agreement().isEmpty() && !assigned.agreement().equals(own.agreement())) {
      throw refused(
          "payee account %s was assigned to account %s under agreement %s"
              .formatted(assigned.payee(), assigned.account(), Quoted.of(own.agreement())));
    }
  }

  private static ProblemException refused(String detail) {
    return ProblemException.conflict("payee-assigned", detail);
  }

  /** The payee account of a number. */
  Optional<PayeeAccount> find(String payee) {
    return repository.find(payee);
  }

  /**
   * The payee account of an account.
   *
   * @throws ProblemException 409 if billing does not know the account yet
   */
  Optional<PayeeAccount> of(AccountId account) {
    ledger.requireKnown(account);
    return repository.of(account);
  }
}
