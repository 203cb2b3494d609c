package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.journal.Bill;
import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.rating.CycleInput;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.rating.Rater;
import io.tollgate.billing.rating.UnpricedUsageException;
import io.tollgate.model.AmountOutOfBoundsException;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.ProductId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rates one cycle and books its bill on the locked account. */
@Component
class Charger {
  private final Rater rater;
  private final BookingTimes times;

  Charger(BillingCalendar calendar, BookingTimes times) {
    this.rater = new Rater(calendar);
    this.times = times;
  }

  /**
   * Bills a cycle.
   *
   * @return why it cannot be billed, else empty; then nothing was changed
   */
  Optional<String> charge(DueCycle cycle, OpenAccount account, RatingBatch batch) {
    ProductId productId = cycle.key().product();
    Optional<Product> product = batch.catalogue().product(productId);
    Optional<PriceVersions> prices = batch.catalogue().pricesOf(productId);
    if (product.isEmpty() || prices.isEmpty()) {
      return Optional.of("product " + productId + " has no price");
    }
    if (!prices.get().currency().equals(account.currency())) {
      return Optional.of(
          "product %s is priced in %s, the account is in %s"
              .formatted(productId, prices.get().currency(), account.currency()));
    }
    try {
      RatedCycle rated = rate(cycle, prices.get(), batch);
      batch.count(cycle, rated.monthToDate());
      if (!rated.lines().isEmpty()) {
        book(cycle, product.get(), rated, account, batch);
      }
      return Optional.empty();
    } catch (UnpricedUsageException | AmountOutOfBoundsException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Rates a cycle from the counters that the batch has come to.
   *
   * @throws UnpricedUsageException when usage lies before the first price version
   * @throws AmountOutOfBoundsException when a line or the whole is more than one amount may be
   */
  RatedCycle rate(DueCycle cycle, PriceVersions prices, RatingBatch batch) {
    RatedCycle rated = rated(cycle, prices, batch);
    rated.lines().forEach(line -> line.amount().withinSingle(() -> inWords(line)));
    rated.total().withinSingle(() -> "the bill of product " + cycle.key().product());
    return rated;
  }

  private static String inWords(RatedLine line) {
    return "%s%s%s from %s, quantity %s"
        .formatted(
            line.kind(),
            line.instance().map(instance -> " of instance " + instance).orElse(""),
            line.meter().map(meter -> ", meter " + meter + ",").orElse(""),
            line.window().start(),
            line.quantity().toPlainString());
  }

  private RatedCycle rated(DueCycle cycle, PriceVersions prices, RatingBatch batch) {
    return rater.rate(
        new CycleInput(
            cycle.window(),
            prices,
            batch.usage(cycle),
            batch.inService(cycle),
            batch.suspensions(cycle),
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
    account.book(
        new Booking.Billed(
            new Bill.Draft(
                id,
                Bill.Kind.CYCLE,
                product.product(),
                product.cycle(),
                cycle.window(),
                rated.total(),
                product.paymentTerm(),
                Optional.empty())),
        times.of(cycle.closedAt()));
  }
}
