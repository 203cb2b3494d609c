package io.tollgate.billing.usage;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.model.BillingCycle;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Opens the cycles of usage that came before its product was in the catalogue. */
@Component
@Order(10)
class UnpricedSweep implements Sweep {
  private final Transactions transactions;
  private final JdbcUsage usage;
  private final Catalogue catalogue;

  UnpricedSweep(Transactions transactions, JdbcUsage usage, Catalogue catalogue) {
    this.transactions = transactions;
    this.usage = usage;
    this.catalogue = catalogue;
  }

  @Override
  public String name() {
    return "unpriced-usage";
  }

  @Override
  public String lane() {
    return "money";
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return next().isPresent();
  }

  @Override
  public int runBatch(Instant upTo) {
    return next()
        .map(
            known -> {
              transactions.execute(() -> usage.takeUp(known.getKey(), known.getValue()));
              return 1;
            })
        .orElse(0);
  }

  private Optional<Map.Entry<JdbcUsage.Unpriced, BillingCycle>> next() {
    List<JdbcUsage.Unpriced> unpriced = usage.unpriced();
    if (unpriced.isEmpty()) {
      return Optional.empty();
    }
    CatalogueSnapshot snapshot = catalogue.snapshot();
    return unpriced.stream()
        .flatMap(
            each -> snapshot.cycleOf(each.product()).map(cycle -> Map.entry(each, cycle)).stream())
        .findFirst();
  }
}
