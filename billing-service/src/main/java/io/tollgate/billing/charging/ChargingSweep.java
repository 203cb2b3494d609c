package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.sweep.Bounded;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.LateMonths;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Bills complete cycles and deducts them (C2.3.2), many accounts in one transaction: lines, bills,
 * postings, balances, counters and events are written together or not at all.
 *
 * <p>A batch is one transaction per shard; the shards run concurrently. Sweeps that follow in the
 * same lane see the result.
 */
@Component
@Order(30)
class ChargingSweep extends MoneySweep<DueCycle> {
  static final String NAME = "charging";
  private static final int CYCLES = 2_000;

  /** Each is a line, which is held until the batch is written. */
  private static final long WINDOWS = 60_000;

  private final Transactions transactions;
  private final Catalogue catalogue;
  private final JdbcCycles cycles;
  private final RatingBatches batches;
  private final JdbcCounters counters;
  private final JdbcChargeLines lines;
  private final LateMonths late;
  private final Ledger ledger;
  private final Charger charger;
  private final BookingTimes times;
  private final Isolation isolation;
  private final SetAside setAside;
  private final ChargingMeters meters;

  /** With other products or prices, what could not be rated may be. */
  private volatile @Nullable CatalogueSnapshot triedWith;

  ChargingSweep(
      Transactions transactions,
      Catalogue catalogue,
      JdbcCycles cycles,
      RatingBatches batches,
      JdbcCounters counters,
      JdbcChargeLines lines,
      LateMonths late,
      Ledger ledger,
      Charger charger,
      BookingTimes times,
      Isolation isolation,
      SetAside setAside,
      ChargingMeters meters) {
    super(NAME, CYCLES, isolation);
    this.transactions = transactions;
    this.catalogue = catalogue;
    this.cycles = cycles;
    this.batches = batches;
    this.counters = counters;
    this.lines = lines;
    this.late = late;
    this.ledger = ledger;
    this.charger = charger;
    this.times = times;
    this.isolation = isolation;
    this.setAside = setAside;
    this.meters = meters;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isNew(catalogue.snapshot()) || super.anythingDue(upTo);
  }

  @Override
  public int runBatch(Instant upTo) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    if (isNew(snapshot)) {
      isolation.tryAgain();
      triedWith = snapshot;
    }
    return runInShards(upTo);
  }

  /** The catalogue answers with the same snapshot as long as nothing changes. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNew(CatalogueSnapshot snapshot) {
    return triedWith != snapshot;
  }

  @Override
  protected List<DueCycle> due(Instant upTo, AccountShard part, int limit, Selection selection) {
    return transactions
        .runByKey(
            () ->
                Bounded.first(WINDOWS, cycles.due(upTo, part, limit, selection), DueCycle::windows))
        .stream()
        .map(cycle -> cycle.closedAt(times.complete(cycle.closedAt(), selection)))
        .toList();
  }

  @Override
  protected Subject subjectOf(DueCycle cycle) {
    return cycle.key().subject();
  }

  @Override
  protected int apply(List<DueCycle> due, Instant upTo) {
    return transactions.runByKey(() -> charge(due, catalogue.snapshot(), upTo));
  }

  private int charge(List<DueCycle> due, CatalogueSnapshot snapshot, Instant upTo) {
    Set<AccountId> wanted = new TreeSet<>();
    due.forEach(cycle -> wanted.add(cycle.key().account()));
    Map<AccountId, OpenAccount> accounts = ledger.lockFree(wanted, upTo);
    List<DueCycle> free =
        due.stream()
            .filter(cycle -> accounts.containsKey(cycle.key().account()))
            .sorted(Comparator.comparing(DueCycle::key))
            .toList();
    if (free.isEmpty()) {
      return 0;
    }
    Set<CycleKey> open = cycles.claim(free);
    List<DueCycle> own =
        free.stream().filter(cycle -> open.contains(cycle.key())).sorted().toList();
    RatingBatch batch = batches.continued(own, snapshot);
    List<DueCycle> charged = new ArrayList<>();
    for (DueCycle cycle : own) {
      OpenAccount account = accounts.get(cycle.key().account());
      if (account != null) {
        charger
            .charge(cycle, account, batch)
            .ifPresentOrElse(reason -> setAside(cycle.key(), reason), () -> charged.add(cycle));
      }
    }
    lines.write(batch.lines());
    counters.write(batch.changedCounters());
    late.billedOutOfOrder(batch.outOfOrder());
    ledger.store(accounts.values());
    meters.charged(charged);
    return own.size();
  }

  private void setAside(CycleKey cycle, String reason) {
    cycles.reopen(cycle);
    setAside.add(NAME, cycle.subject(), reason);
  }
}
