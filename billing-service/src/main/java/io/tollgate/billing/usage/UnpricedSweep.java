package io.tollgate.billing.usage;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.BillingCycle;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Opens the cycles of usage that arrived before its product was in the catalogue. */
@Component
@Order(10)
class UnpricedSweep extends IsolatedSweep<JdbcUnpricedUsage.Unpriced> {
  static final String NAME = "unpriced-usage";
  private static final int SLICE = 100;

  private final Transactions transactions;
  private final JdbcUnpricedUsage usage;
  private final Catalogue catalogue;
  private final SetAside setAside;

  UnpricedSweep(
      Transactions transactions,
      JdbcUnpricedUsage usage,
      Catalogue catalogue,
      Isolation isolation,
      SetAside setAside) {
    super(NAME, SLICE, isolation);
    this.transactions = transactions;
    this.usage = usage;
    this.catalogue = catalogue;
    this.setAside = setAside;
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
  protected List<JdbcUnpricedUsage.Unpriced> due(Instant upTo, int limit, Selection selection) {
    return usage.due(limit, selection);
  }

  @Override
  protected Subject subjectOf(JdbcUnpricedUsage.Unpriced unpriced) {
    return Subject.of(unpriced.account(), unpriced.product().value());
  }

  /** Opens the cycles of usage; while its product is unknown it is set aside. */
  @Override
  protected int apply(List<JdbcUnpricedUsage.Unpriced> unpriced, Instant upTo) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    for (JdbcUnpricedUsage.Unpriced each : unpriced) {
      Optional<BillingCycle> cycle = snapshot.cycleOf(each.product());
      if (cycle.isPresent()) {
        transactions.execute(() -> usage.openCycles(each, cycle.get()));
      } else {
        setAside.add(
            NAME, subjectOf(each), "product " + each.product() + " is not in the catalogue");
      }
    }
    return unpriced.size();
  }
}
