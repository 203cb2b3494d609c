package io.tollgate.billing.lowbalance;

import io.tollgate.billing.journal.Amounts;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonText;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Grant;
import io.tollgate.support.web.security.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sets when an account is notified of a low balance, and shows how long the balance lasts (C2.2,
 * C7.3).
 */
@RestController
public class LowBalanceController {
  private static final int MAX_DAYS = 90;

  private final Transactions transactions;
  private final Ledger ledger;
  private final JdbcLowBalance repository;
  private final Outlooks outlooks;
  private final AuditTrail trail;
  private final BusinessClock clock;

  LowBalanceController(
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

  /** Who may do what here. */
  public static void addRules(AccessRules rules) {
    String account = "/v1/accounts/{account}";
    rules
        .get(account + "/low-balance", Grant.operator(), Grant.customerOfAccount())
        .put(
            account + "/low-balance-threshold",
            Grant.operator(Scopes.ACCOUNT),
            Grant.customerOfAccount())
        .put(
            account + "/low-balance-forecast",
            Grant.operator(Scopes.ACCOUNT),
            Grant.customerOfAccount());
  }

  /**
   * The available balance below which the account is notified.
   *
   * @param amount a decimal text, 0 or more
   * @param reason why, for the audit trail
   */
  record Threshold(@Nullable String amount, Optional<String> reason) {}

  /**
   * How many days ahead the account is notified that its balance will be exhausted.
   *
   * @param days 1 to 90, or 0 for never
   * @param reason why, for the audit trail
   */
  record Forecast(@Nullable Integer days, Optional<String> reason) {}

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

  @GetMapping("/v1/accounts/{account}/low-balance")
  State state(@PathVariable AccountId account) {
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

  @PutMapping("/v1/accounts/{account}/low-balance-threshold")
  State threshold(@PathVariable AccountId account, @RequestBody Threshold body, Caller caller) {
    return change(
        account,
        caller,
        body.reason(),
        (requested, currency) -> {
          Money threshold = Amounts.notNegative(body.amount(), currency);
          return new Change(
              new RequestedNotices(
                  Optional.of(threshold),
                  requested.forecastDays(),
                  false,
                  requested.forecastTold()),
              "low balance threshold " + threshold);
        });
  }

  @PutMapping("/v1/accounts/{account}/low-balance-forecast")
  State forecast(@PathVariable AccountId account, @RequestBody Forecast body, Caller caller) {
    Integer days = body.days();
    if (days == null || days < 0 || days > MAX_DAYS) {
      throw ProblemException.invalid("days", "must be from 1 to " + MAX_DAYS + ", or 0 for never");
    }
    return change(
        account,
        caller,
        body.reason(),
        (requested, currency) ->
            new Change(
                new RequestedNotices(
                    requested.threshold(),
                    days == 0 ? Optional.empty() : Optional.of(days),
                    requested.thresholdTold(),
                    false),
                "low balance forecast " + days + " days ahead"));
  }

  private record Change(RequestedNotices requested, String inWords) {}

  private State change(
      AccountId account,
      Caller caller,
      Optional<String> reason,
      BiFunction<RequestedNotices, CurrencyCode, Change> change) {
    String why = ReasonText.optional(reason, "requested by the caller");
    return transactions.runHttp(
        () -> {
          OpenAccount open = ledger.lockOne(account, clock.now());
          Change changed =
              change.apply(repository.requested(account).orElseThrow(), open.currency());
          repository.store(account, changed.requested(), clock.now());
          trail.record(
              AuditEntry.of(
                  caller.subject(),
                  Optional.of(account),
                  "account",
                  account.value(),
                  changed.inWords(),
                  Rules.RECHARGE.value(),
                  why));
          return state(account);
        });
  }
}
