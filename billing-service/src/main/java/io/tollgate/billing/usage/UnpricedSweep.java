package io.tollgate.billing.usage;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.model.BillingCycle;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.SetAside;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Opens the cycles of usage that came before its product was in the catalogue. */
@Component
@Order(10)
class UnpricedSweep implements Sweep {
  static final String NAME = "unpriced-usage";

  private final Transactions transactions;
  private final JdbcUsage usage;
  private final Catalogue catalogue;
  private final Isolation isolation;
  private final SetAside setAside;

  UnpricedSweep(
      Transactions transactions,
      JdbcUsage usage,
      Catalogue catalogue,
      Isolation isolation,
      SetAside setAside) {
    this.transactions = transactions;
    this.usage = usage;
    this.catalogue = catalogue;
    this.isolation = isolation;
    this.setAside = setAside;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String lane() {
    return "money";
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(NAME) || !usage.unpriced(Selection.REGULAR).isEmpty();
  }

  @Override
  public int runBatch(Instant upTo) {
    return isolation.runEach(new TakingUp());
  }

  /** Opening the cycles of usage; while its product is unknown it is set aside. */
  private final class TakingUp implements IsolatedWork<JdbcUsage.Unpriced> {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<JdbcUsage.Unpriced> due(Selection selection) {
      return usage.unpriced(selection);
    }

    @Override
    public Subject subjectOf(JdbcUsage.Unpriced unpriced) {
      return Subject.of(unpriced.account(), unpriced.product().value());
    }

    @Override
    public int apply(List<JdbcUsage.Unpriced> unpriced) {
      CatalogueSnapshot snapshot = catalogue.snapshot();
      for (JdbcUsage.Unpriced each : unpriced) {
        Optional<BillingCycle> cycle = snapshot.cycleOf(each.product());
        if (cycle.isPresent()) {
          transactions.execute(() -> usage.takeUp(each, cycle.get()));
        } else {
          setAside.add(
              NAME, subjectOf(each), "product " + each.product() + " is not in the catalogue");
        }
      }
      return unpriced.size();
    }
  }
}
