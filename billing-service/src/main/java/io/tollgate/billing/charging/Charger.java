package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.ledger.Bill;
import io.tollgate.billing.ledger.OpenAccount;
import io.tollgate.billing.rating.CycleInput;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.rating.Rater;
import io.tollgate.billing.rating.UnpricedUsageException;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.ProductId;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.clock.ClockMode;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rates one cycle and books its bill on the locked account. */
@Component
class Charger {
  private final Rater rater;
  private final BusinessClock clock;

  Charger(BillingCalendar calendar, BusinessClock clock) {
    this.rater = new Rater(calendar);
    this.clock = clock;
  }

  /** Why a cycle can't be billed, and with how many price versions it was tried. */
  record Refused(String reason, int versions) {}

  /** With how many price versions a product can be rated. */
  static int versions(CatalogueSnapshot catalogue, ProductId product) {
    return catalogue.pricesOf(product).map(prices -> prices.list().size()).orElse(0);
  }

  /**
   * Bills a cycle.
   *
   * @return why not, else empty
   */
  Optional<Refused> charge(DueCycle cycle, OpenAccount account, RatingBatch batch) {
    ProductId productId = cycle.key().product();
    int versions = versions(batch.catalogue(), productId);
    Optional<Product> product = batch.catalogue().product(productId);
    Optional<PriceVersions> prices = batch.catalogue().pricesOf(productId);
    if (product.isEmpty() || prices.isEmpty()) {
      return Optional.of(new Refused("product " + productId + " has no price", versions));
    }
    if (!prices.get().currency().equals(account.currency())) {
      return Optional.of(
          new Refused(
              "product %s is priced in %s, the account is in %s"
                  .formatted(productId, prices.get().currency(), account.currency()),
              versions));
    }
    try {
      RatedCycle rated = rate(cycle, prices.get(), batch);
      batch.count(cycle.month(), rated.monthToDate());
      if (!rated.lines().isEmpty()) {
        book(cycle, product.get(), rated, account, batch);
      }
      return Optional.empty();
    } catch (UnpricedUsageException e) {
      return Optional.of(new Refused(String.valueOf(e.getMessage()), versions));
    }
  }

  /**
   * Rates a cycle from the counters that the batch has come to.
   *
   * @throws UnpricedUsageException when usage or service lies before the first price version
   */
  RatedCycle rate(DueCycle cycle, PriceVersions prices, RatingBatch batch) {
    return rater.rate(
        new CycleInput(
            cycle.window(),
            prices,
            batch.usage(cycle),
            batch.inService(cycle),
            batch.suspended(cycle),
            batch.counters(cycle.month())));
  }

  private void book(
      DueCycle cycle, Product product, RatedCycle rated, OpenAccount account, RatingBatch batch) {
    BillId id = BillIds.ofCycle(cycle.key());
    int number = 0;
    for (RatedLine line : rated.lines()) {
      number++;
      batch.lines().add(new ChargeLine(id, number, cycle.key(), line, line.amount()));
    }
    Instant bookedAt = account.notBeforeLast(bookingTime(cycle.closedAt()));
    account.bookBill(
        new Bill(
            id,
            Bill.Kind.CYCLE,
            product.product(),
            product.cycle(),
            cycle.window(),
            rated.total(),
            bookedAt,
            bookedAt.plus(product.paymentTerm()),
            Optional.empty()));
  }

  /**
   * A bill is booked when it is booked, never backdated (C2.3). A driven clock stands still while
   * the work of a step is done, so there it is the instant at which the cycle's usage was complete.
   */
  Instant bookingTime(Instant complete) {
    Instant now = clock.now();
    return clock.mode() == ClockMode.TEST || complete.isAfter(now) ? complete : now;
  }
}
