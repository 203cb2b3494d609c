package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.UnpricedUsageException;
import io.tollgate.model.AccountId;
import io.tollgate.model.AmountOutOfBoundsException;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.support.jdbc.Failures;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What the cycles that are not closed yet have come to: it counts against available credit. Knows
 * the usage windows that metering has closed inside them.
 */
@Component
public class AccruedUsage {
  private final JdbcCycles cycles;
  private final RatingBatches batches;
  private final Charger charger;
  private final Catalogue catalogue;

  AccruedUsage(JdbcCycles cycles, RatingBatches batches, Charger charger, Catalogue catalogue) {
    this.cycles = cycles;
    this.batches = batches;
    this.charger = charger;
    this.catalogue = catalogue;
  }

  /**
   * What the account's open cycles would cost if they ended now. What can't be rated or is set
   * aside costs nothing yet.
   */
  public Money of(AccountId account, CurrencyCode currency) {
    List<DueCycle> open = cycles.open(account);
    try {
      return of(open, currency);
    } catch (RuntimeException e) {
      if (Failures.ofInfrastructure(e)) {
        throw e;
      }
      return oneByOne(open, currency);
    }
  }

  /** When reading one of them fails: the counters of a month then are those of its bills. */
  private Money oneByOne(List<DueCycle> open, CurrencyCode currency) {
    Money sum = Money.zero(currency);
    for (DueCycle cycle : open) {
      try {
        sum = sum.plus(of(List.of(cycle), currency));
      } catch (RuntimeException e) {
        if (Failures.ofInfrastructure(e)) {
          throw e;
        }
      }
    }
    return sum;
  }

  private Money of(List<DueCycle> open, CurrencyCode currency) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    RatingBatch batch = batches.continued(open, snapshot);
    Money sum = Money.zero(currency);
    for (DueCycle cycle : open) {
      Optional<PriceVersions> prices =
          snapshot.pricesOf(cycle.key().product()).filter(each -> each.currency().equals(currency));
      if (prices.isPresent()) {
        sum = sum.plus(cost(cycle, prices.get(), batch).orElse(Money.zero(currency)));
      }
    }
    return sum;
  }

  private Optional<Money> cost(DueCycle cycle, PriceVersions prices, RatingBatch batch) {
    try {
      RatedCycle rated = charger.rate(cycle, prices, batch);
      batch.count(cycle.month(), rated.monthToDate());
      return Optional.of(rated.total());
    } catch (UnpricedUsageException | AmountOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
