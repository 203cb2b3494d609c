package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.journal.AccountShard;
import io.tollgate.billing.journal.DueMoney;
import io.tollgate.billing.journal.JdbcLedger;
import io.tollgate.billing.journal.JdbcLedgerWriter;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Rates billed months again whose usage came late or was corrected, and books the differences. */
@Component
@Order(35)
class LateUsageSweep implements Sweep, DueMoney {
  static final String NAME = "late-usage";
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final JdbcLateUsage late;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;
  private final Rerating rerating;
  private final Catalogue catalogue;
  private final Isolation isolation;

  LateUsageSweep(
      Transactions transactions,
      JdbcLateUsage late,
      JdbcLedger ledger,
      JdbcLedgerWriter writer,
      Rerating rerating,
      Catalogue catalogue,
      Isolation isolation) {
    this.transactions = transactions;
    this.late = late;
    this.ledger = ledger;
    this.writer = writer;
    this.rerating = rerating;
    this.catalogue = catalogue;
    this.isolation = isolation;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String lane() {
    return ChargingSweep.LANE;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(NAME) || anythingDue(upTo, AccountShard.WHOLE);
  }

  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return !late.due(upTo, part, 1, Selection.REGULAR).isEmpty();
  }

  @Override
  public int runBatch(Instant upTo) {
    return isolation.runEach(new LateUsage(upTo));
  }

  /** Rating months again. */
  private final class LateUsage implements IsolatedWork<JdbcLateUsage.Late> {
    private final Instant upTo;

    LateUsage(Instant upTo) {
      this.upTo = upTo;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<JdbcLateUsage.Late> due(Selection selection) {
      return late.due(upTo, AccountShard.WHOLE, BATCH, selection);
    }

    @Override
    public Subject subjectOf(JdbcLateUsage.Late each) {
      return ChargingWork.subjectOf(each.month());
    }

    @Override
    public int apply(List<JdbcLateUsage.Late> months) {
      return transactions.run(() -> months.stream().mapToInt(each -> rate(each, upTo)).sum());
    }
  }

  private int rate(JdbcLateUsage.Late each, Instant upTo) {
    CycleKey month = each.month();
    OpenAccount account = ledger.lockFree(List.of(month.account()), upTo).get(month.account());
    if (account == null) {
      return 0;
    }
    rerating.rerate(month, each.tick(), account, catalogue.snapshot());
    late.done(month, upTo);
    writer.store(List.of(account));
    return 1;
  }
}
