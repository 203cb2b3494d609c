package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.forcemajeure.JdbcForceMajeure.Queueing;
import io.tollgate.billing.forcemajeure.JdbcPending.Pending;
import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Applies declarations of force majeure to their accounts: publishes each, and recomputes an
 * account if a day that is now excused has cost a penalty (C10.1). The accounts of a declaration
 * are queued first, so that an account that is locked or cannot be recomputed delays neither others
 * nor later declarations.
 */
@Component
@Order(45)
class ForceMajeureSweep extends MoneySweep<Pending> {
  static final String WORK = "force-majeure";
  private static final int DECLARATIONS = 10;
  private static final int QUEUED = 2_000;
  private static final int APPLIED = 200;

  private final Transactions transactions;
  private final JdbcForceMajeure repository;
  private final JdbcPending pending;
  private final Ledger ledger;
  private final BillingCalendar calendar;

  ForceMajeureSweep(
      Transactions transactions,
      JdbcForceMajeure repository,
      JdbcPending pending,
      Ledger ledger,
      Isolation isolation,
      BillingCalendar calendar) {
    super(WORK, APPLIED, isolation);
    this.transactions = transactions;
    this.repository = repository;
    this.pending = pending;
    this.ledger = ledger;
    this.calendar = calendar;
  }

  /** While a declaration's accounts are being queued, any may be among them. */
  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return !repository.unqueued(upTo, 1).isEmpty() || super.anythingDue(upTo, part);
  }

  @Override
  public int runBatch(Instant upTo) {
    int queued = 0;
    for (String declaration : repository.unqueued(upTo, DECLARATIONS)) {
      queued +=
          transactions.run(() -> repository.lockUnqueued(declaration).map(this::queue).orElse(0));
    }
    return queued + super.runBatch(upTo);
  }

  private int queue(Queueing queueing) {
    String declaration = queueing.declaration().declaration();
    List<AccountId> next = repository.next(queueing, QUEUED);
    pending.add(declaration, next);
    repository.queued(
        declaration, next.size() < QUEUED ? Optional.empty() : Optional.of(next.getLast()));
    return Math.max(1, next.size());
  }

  @Override
  protected List<Pending> due(Instant upTo, AccountShard part, int limit, Selection selection) {
    return pending.due(upTo, part, limit, selection);
  }

  @Override
  protected Subject subjectOf(Pending each) {
    return Subject.of(each.account(), each.declaration());
  }

  @Override
  protected int apply(List<Pending> items, Instant upTo) {
    return transactions.run(() -> applyFree(items, upTo));
  }

  private int applyFree(List<Pending> items, Instant upTo) {
    Map<AccountId, OpenAccount> free =
        ledger.lockFree(items.stream().map(Pending::account).toList(), upTo);
    Map<String, List<AccountId>> taken =
        pending.take(items.stream().filter(each -> free.containsKey(each.account())).toList());
    Set<OpenAccount> told = new LinkedHashSet<>();
    taken.forEach(
        (id, accounts) -> {
          Declaration declared = repository.find(id).orElseThrow();
          Set<AccountId> penalised = penalised(declared, accounts);
          for (AccountId account : accounts) {
            OpenAccount open = Objects.requireNonNull(free.get(account));
            if (penalised.contains(account)) {
              open.book(
                  new Booking.DaysExcused(
                      daysOf(declared).start(), "force majeure: " + declared.reason()),
                  declared.changedAt());
            }
            open.publish(declared.eventFor(account));
            told.add(open);
          }
        });
    ledger.store(told);
    return taken.values().stream().mapToInt(List::size).sum();
  }

  private Set<AccountId> penalised(Declaration declared, List<AccountId> accounts) {
    if (declared.isWithdrawn()) {
      return Set.of();
    }
    Window days = daysOf(declared);
    return repository.penalised(
        accounts, calendar.dateOf(days.start()), calendar.dateOf(days.end()).minusDays(1));
  }

  private Window daysOf(Declaration declared) {
    return calendar.daysOf(new Window(declared.from(), declared.to()));
  }
}
