package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.forcemajeure.JdbcForceMajeure.Applying;
import io.tollgate.billing.ledger.JdbcLedger;
import io.tollgate.billing.ledger.JdbcLedgerWriter;
import io.tollgate.billing.ledger.JdbcPast;
import io.tollgate.billing.ledger.OpenAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Applies declarations of force majeure to their accounts, some at a time in their order: each is
 * told, and recomputed where a day that is excused now has cost a penalty (C10.1).
 */
@Component
@Order(45)
class ForceMajeureSweep implements Sweep {
  private static final int DECLARATIONS = 10;
  private static final int ACCOUNTS = 200;

  private final Transactions transactions;
  private final JdbcForceMajeure repository;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;
  private final JdbcPast pasts;
  private final BillingCalendar calendar;

  ForceMajeureSweep(
      Transactions transactions,
      JdbcForceMajeure repository,
      JdbcLedger ledger,
      JdbcLedgerWriter writer,
      JdbcPast pasts,
      BillingCalendar calendar) {
    this.transactions = transactions;
    this.repository = repository;
    this.ledger = ledger;
    this.writer = writer;
    this.pasts = pasts;
    this.calendar = calendar;
  }

  @Override
  public String name() {
    return "force-majeure";
  }

  @Override
  public String lane() {
    return "money";
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return !repository.unapplied(1).isEmpty();
  }

  @Override
  public int runBatch(Instant upTo) {
    int done = 0;
    for (String declaration : repository.unapplied(DECLARATIONS)) {
      done +=
          transactions.run(() -> repository.lockUnapplied(declaration).map(this::apply).orElse(0));
    }
    return done;
  }

  private int apply(Applying applying) {
    Declaration declared = applying.declaration();
    List<AccountId> next = repository.next(applying, ACCOUNTS);
    if (next.isEmpty()) {
      repository.applied(declared.declaration(), Optional.empty());
      return 1;
    }
    Collection<OpenAccount> accounts = ledger.lock(next, declared.changedAt()).values();
    Set<AccountId> penalised = penalised(declared, next);
    for (OpenAccount account : accounts) {
      if (penalised.contains(account.id())) {
        var unused =
            account.resettle(
                pasts.of(account.id(), account.currency()),
                "force majeure: " + declared.reason(),
                account.notBeforeLast(declared.changedAt()));
      }
      account.tell(declared.tellingOf(account.id()));
    }
    writer.store(accounts);
    repository.applied(declared.declaration(), Optional.of(next.getLast()));
    return next.size();
  }

  private Set<AccountId> penalised(Declaration declared, List<AccountId> accounts) {
    return declared.isWithdrawn()
        ? Set.of()
        : repository.penalised(
            accounts,
            calendar.dateOf(declared.from()),
            calendar.dateOf(declared.to().minusNanos(1)));
  }
}
