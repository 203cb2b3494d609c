package io.tollgate.billing.lowbalance;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.journal.Rules;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Checks the accounts that requested it after each of their movements and at each full hour, and
 * notifies each once of a low balance, until the balance has recovered (C2.2, C7.3).
 */
@Component
@Order(60)
class LowBalanceSweep extends IsolatedSweep<AccountId> {
  static final String WORK = "low-balance";
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final JdbcLowBalance repository;
  private final Outlooks outlooks;
  private final Ledger ledger;
  private final BillingCalendar calendar;

  LowBalanceSweep(
      Transactions transactions,
      JdbcLowBalance repository,
      Outlooks outlooks,
      Ledger ledger,
      Isolation isolation,
      BillingCalendar calendar) {
    super(WORK, BATCH, isolation);
    this.transactions = transactions;
    this.repository = repository;
    this.outlooks = outlooks;
    this.ledger = ledger;
    this.calendar = calendar;
  }

  @Override
  public String lane() {
    return MoneySweep.LANE;
  }

  @Override
  public int runBatch(Instant upTo) {
    return runEach(upTo);
  }

  @Override
  protected List<AccountId> due(Instant upTo, int limit, Selection selection) {
    return repository.due(upTo, limit, selection);
  }

  @Override
  protected Subject subjectOf(AccountId account) {
    return Subject.of(account);
  }

  @Override
  protected int apply(List<AccountId> accounts, Instant upTo) {
    return transactions.run(() -> accounts.stream().mapToInt(account -> look(account, upTo)).sum());
  }

  private int look(AccountId id, Instant upTo) {
    Map<AccountId, OpenAccount> locked = ledger.lockFree(List.of(id), upTo);
    Optional<JdbcLowBalance.Due> due =
        Optional.ofNullable(repository.stillDue(locked.keySet(), upTo).get(id));
    OpenAccount account = locked.get(id);
    if (due.isEmpty() || account == null) {
      return 0;
    }
    // What was booked since counts as well: nobody can be told of a balance that was.
    Instant at = account.notBeforeLast(due.get().at());
    Outlook outlook = outlooks.of(id, Outlooks.booked(account), at);
    RequestedNotices requested = due.get().requested();
    boolean below = requested.threshold().filter(outlook::isBelow).isPresent();
    boolean soon = requested.forecastDays().filter(outlook::endsWithin).isPresent();
    if (below && !requested.thresholdTold()) {
      account.publish(
          event(id, BillingEvent.LowBalance.Reason.THRESHOLD, outlook, requested.threshold()));
    }
    if (soon && !requested.forecastTold()) {
      account.publish(
          event(id, BillingEvent.LowBalance.Reason.FORECAST, outlook, Optional.empty()));
    }
    ledger.store(List.of(account));
    repository.store(
        id,
        requested.told(below, soon),
        calendar.cycleOf(BillingCycle.HOUR, later(at, upTo)).end());
    return 1;
  }

  private static BillingEvent.LowBalance event(
      AccountId account,
      BillingEvent.LowBalance.Reason reason,
      Outlook outlook,
      Optional<Money> threshold) {
    boolean forecast = reason == BillingEvent.LowBalance.Reason.FORECAST;
    return new BillingEvent.LowBalance(
        account,
        reason,
        outlook.available(),
        threshold,
        forecast ? outlook.exhaustedAt() : Optional.empty(),
        outlook.at(),
        Rules.RECHARGE);
  }
}
