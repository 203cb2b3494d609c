package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.LateMonths;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Rates billed months again whose usage was late or corrected, and books the differences. */
@Component
@Order(35)
class LateUsageSweep extends MoneySweep<LateMonths.Late> {
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final LateMonths late;
  private final Ledger ledger;
  private final Rerating rerating;
  private final BookingTimes times;
  private final Catalogue catalogue;

  LateUsageSweep(
      Transactions transactions,
      LateMonths late,
      Ledger ledger,
      Rerating rerating,
      BookingTimes times,
      Catalogue catalogue,
      Isolation isolation) {
    super(LateMonths.WORK, BATCH, isolation);
    this.transactions = transactions;
    this.late = late;
    this.ledger = ledger;
    this.rerating = rerating;
    this.times = times;
    this.catalogue = catalogue;
  }

  @Override
  public int runBatch(Instant upTo) {
    return runEach(upTo);
  }

  @Override
  protected List<LateMonths.Late> due(
      Instant upTo, AccountShard part, int limit, Selection selection) {
    return late.due(upTo, part, limit, selection).stream()
        .map(each -> new LateMonths.Late(each.month(), times.complete(each.tick(), selection)))
        .toList();
  }

  @Override
  protected Subject subjectOf(LateMonths.Late each) {
    return each.month().subject();
  }

  @Override
  protected int apply(List<LateMonths.Late> months, Instant upTo) {
    return transactions.run(() -> months.stream().mapToInt(each -> rate(each, upTo)).sum());
  }

  private int rate(LateMonths.Late each, Instant upTo) {
    CycleKey month = each.month();
    OpenAccount account = ledger.lockFree(List.of(month.account()), upTo).get(month.account());
    if (account == null) {
      return 0;
    }
    rerating.rerate(month, each.tick(), account, catalogue.snapshot());
    late.done(month, upTo);
    ledger.store(List.of(account));
    return 1;
  }
}
