package io.tollgate.billing.lowbalance;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.Money;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Amounts;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * Changes which low-balance notices an account requests, and shows how long its balance lasts
 * (C2.2, C7.3).
 */
@Component
class LowBalanceRequests {
  private final Transactions transactions;
  private final Ledger ledger;
  private final JdbcLowBalance repository;
  private final Outlooks outlooks;
  private final AuditTrail trail;
  private final BusinessClock clock;

  LowBalanceRequests(
      Transactions transactions,
      Ledger ledger,
      JdbcLowBalance repository,
      Outlooks outlooks,
      AuditTrail trail,
      BusinessClock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.repository = repository;
    this.outlooks = outlooks;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * The requested notices of an account, and its outlook.
   *
   * @param available funds and undrawn credit less what open cycles have come to
   * @param burnPerDay what a day costs at the pace of the last seven
   * @param exhaustedAt when nothing is left at that pace
   */
  record State(
      AccountId account,
      Instant at,
      Optional<Money> threshold,
      Optional<Integer> forecastDays,
      Money available,
      Money burnPerDay,
      Optional<Instant> exhaustedAt) {}

  /**
   * The current state of an account.
   *
   * @throws ProblemException 409 if billing does not know it yet
   */
  State state(AccountId account) {
    Instant now = clock.now();
    Money booked =
        repository.booked(account).orElseThrow(() -> ProblemException.notYetKnown(account));
    RequestedNotices requested = repository.requested(account).orElseThrow();
    Outlook outlook = outlooks.of(account, booked, now);
    return new State(
        account,
        now,
        requested.threshold(),
        requested.forecastDays(),
        outlook.available(),
        new Money(outlook.burnPerDay(), booked.currency()),
        outlook.exhaustedAt());
  }

  /**
   * Requests a notice when the available balance falls below an amount.
   *
   * @param amount a decimal text, 0 or more, in the account's currency
   */
  State threshold(AccountId account, String amount, String reason, String who) {
    return transactions.runHttp(
        () -> {
          OpenAccount open = ledger.lockOne(account, clock.now());
          Money threshold = Amounts.notNegative("amount", amount, open.currency());
          change(account, requested -> requested.below(threshold));
          record(account, who, "low balance threshold " + threshold, reason);
          return state(account);
        });
  }

  /**
   * Requests a notice when the balance will be exhausted soon.
   *
   * @param days how many days ahead; 0 for never
   */
  State forecast(AccountId account, int days, String reason, String who) {
    return transactions.runHttp(
        () -> {
          var unusedLock = ledger.lockOne(account, clock.now());
          change(account, requested -> requested.ahead(days));
          record(account, who, "low balance forecast " + days + " days ahead", reason);
          return state(account);
        });
  }

  private void change(AccountId account, UnaryOperator<RequestedNotices> change) {
    RequestedNotices before = repository.requested(account).orElseThrow();
    repository.store(account, change.apply(before), clock.now());
  }

  private void record(AccountId account, String who, String what, String reason) {
    trail.record(
        new AuditEntry(
            who,
            Optional.of(account),
            "account",
            account.value(),
            what,
            Rules.RECHARGE.value(),
            reason));
  }
}
