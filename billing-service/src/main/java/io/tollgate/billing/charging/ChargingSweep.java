package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.ledger.AccountShard;
import io.tollgate.billing.ledger.Bounded;
import io.tollgate.billing.ledger.DueMoney;
import io.tollgate.billing.ledger.JdbcLedger;
import io.tollgate.billing.ledger.JdbcLedgerWriter;
import io.tollgate.billing.ledger.OpenAccount;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Bills complete cycles and deducts them (C2.3.2), many accounts in one transaction: lines, bills,
 * postings, balances, counters and events, or nothing.
 *
 * <p>A batch is one transaction in each shard, side by side. The sweeps that come after it in the
 * lane still find it done.
 */
@Component
@Order(30)
class ChargingSweep implements Sweep, DueMoney {
  static final String LANE = "money";
  private static final int CYCLES = 2_000;

  /** Each is a line, which is held until the batch is written. */
  private static final long WINDOWS = 60_000;

  private final Transactions transactions;
  private final Catalogue catalogue;
  private final JdbcCycles cycles;
  private final RatingBatches batches;
  private final JdbcCounters counters;
  private final JdbcChargeLines lines;
  private final JdbcLedger ledger;
  private final JdbcLedgerWriter writer;
  private final Charger charger;

  ChargingSweep(
      Transactions transactions,
      Catalogue catalogue,
      JdbcCycles cycles,
      RatingBatches batches,
      JdbcCounters counters,
      JdbcChargeLines lines,
      JdbcLedger ledger,
      JdbcLedgerWriter writer,
      Charger charger) {
    this.transactions = transactions;
    this.catalogue = catalogue;
    this.cycles = cycles;
    this.batches = batches;
    this.counters = counters;
    this.lines = lines;
    this.ledger = ledger;
    this.writer = writer;
    this.charger = charger;
  }

  @Override
  public String name() {
    return "charging";
  }

  @Override
  public String lane() {
    return LANE;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return anythingDue(upTo, AccountShard.WHOLE) || !takeUp(catalogue.snapshot()).isEmpty();
  }

  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return transactions.runByKey(() -> !cycles.due(upTo, part, 1).isEmpty());
  }

  @Override
  public int runBatch(Instant upTo) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    takeUp(snapshot).forEach(product -> transactions.execute(() -> cycles.unblock(product)));
    return AccountShard.inEach(shard -> run(shard, snapshot, upTo));
  }

  private int run(AccountShard shard, CatalogueSnapshot snapshot, Instant upTo) {
    return transactions.runByKey(
        () -> {
          List<DueCycle> due =
              Bounded.first(WINDOWS, cycles.due(upTo, shard, CYCLES), DueCycle::windows);
          return due.isEmpty() ? 0 : charge(due, snapshot, upTo);
        });
  }

  /** Products whose cycles were set aside and that have other prices now. */
  private List<ProductId> takeUp(CatalogueSnapshot snapshot) {
    return cycles.blockedProducts().entrySet().stream()
        .filter(each -> Charger.versions(snapshot, each.getKey()) != each.getValue())
        .map(Map.Entry::getKey)
        .toList();
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
    for (DueCycle cycle : own) {
      OpenAccount account = accounts.get(cycle.key().account());
      if (account != null) {
        charger
            .charge(cycle, account, batch)
            .ifPresent(refused -> cycles.block(cycle.key(), refused.reason(), refused.versions()));
      }
    }
    lines.write(batch.lines());
    counters.write(batch.changedCounters());
    writer.store(accounts.values());
    return own.size();
  }
}
