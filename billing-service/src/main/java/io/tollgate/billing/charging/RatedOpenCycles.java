package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.UnpricedUsageException;
import io.tollgate.billing.usage.AccruedUsage;
import io.tollgate.model.AccountId;
import io.tollgate.model.AmountOutOfBoundsException;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.setaside.Halving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Rates open cycles by the usage windows closed so far. One that cannot be rated is left out; where
 * that happens, the others may be rated apart, each from the month's counters as its bills left
 * them.
 */
@Component
class RatedOpenCycles implements AccruedUsage {
  private final JdbcCycles cycles;
  private final RatingBatches batches;
  private final Charger charger;
  private final Catalogue catalogue;

  RatedOpenCycles(JdbcCycles cycles, RatingBatches batches, Charger charger, Catalogue catalogue) {
    this.cycles = cycles;
    this.batches = batches;
    this.charger = charger;
    this.catalogue = catalogue;
  }

  @Override
  public List<OpenCycle> openCycles(AccountId account, CurrencyCode currency) {
    return Halving.run(
        "rating of the open cycles of " + account,
        cycles.open(account),
        open -> rated(open, currency),
        (cycle, failure) -> List.of());
  }

  private List<OpenCycle> rated(List<DueCycle> open, CurrencyCode currency) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    RatingBatch batch = batches.continued(open, snapshot);
    List<OpenCycle> rated = new ArrayList<>();
    for (DueCycle cycle : open) {
      Optional<BillingCycle> length = snapshot.cycleOf(cycle.key().product());
      Optional<PriceVersions> prices =
          snapshot.pricesOf(cycle.key().product()).filter(each -> each.currency().equals(currency));
      if (prices.isPresent() && length.isPresent()) {
        cost(cycle, prices.get(), batch)
            .ifPresent(cost -> rated.add(new OpenCycle(length.get(), cycle.window(), cost)));
      }
    }
    return rated;
  }

  private Optional<Money> cost(DueCycle cycle, PriceVersions prices, RatingBatch batch) {
    try {
      RatedCycle rated = charger.rate(cycle, prices, batch);
      batch.count(cycle, rated.monthToDate());
      return Optional.of(rated.total());
    } catch (UnpricedUsageException | AmountOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
