package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.ledger.AccountShard;
import io.tollgate.billing.ledger.DueMoney;
import io.tollgate.billing.ledger.JdbcLedger;
import io.tollgate.billing.ledger.JdbcLedgerWriter;
import io.tollgate.billing.ledger.OpenAccount;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Rates billed months again whose usage came late or was corrected, and books the differences. */
@Component
@Order(35)
class LateUsageSweep implements Sweep, DueMoney {
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final JdbcLateUsage late;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;
  private final Rerating rerating;
  private final Catalogue catalogue;

  LateUsageSweep(
      Transactions transactions,
      JdbcLateUsage late,
      JdbcLedger ledger,
      JdbcLedgerWriter writer,
      Rerating rerating,
      Catalogue catalogue) {
    this.transactions = transactions;
    this.late = late;
    this.ledger = ledger;
    this.writer = writer;
    this.rerating = rerating;
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "late-usage";
  }

  @Override
  public String lane() {
    return ChargingSweep.LANE;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return anythingDue(upTo, AccountShard.WHOLE);
  }

  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return !late.due(upTo, part, 1).isEmpty();
  }

  @Override
  public int runBatch(Instant upTo) {
    int done = 0;
    for (JdbcLateUsage.Late each : late.due(upTo, AccountShard.WHOLE, BATCH)) {
      done += transactions.run(() -> rate(each, upTo));
    }
    return done;
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
