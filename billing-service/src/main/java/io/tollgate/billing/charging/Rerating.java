package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.charging.JdbcChargeLines.Charged;
import io.tollgate.billing.journal.Bill;
import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.rating.LineLeg;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Rates a month of an account's product again, from its first cycle, because the changed window and
 * every later one of the same counter may now cost something else. It compares the splits leg by
 * leg and books only the differences (section 4).
 *
 * <p>An additional charge is a new debt with its own due time; a reduction corrects the original
 * bills and takes effect from theirs (C2.3).
 */
@Component
class Rerating {
  private final JdbcCycles cycles;
  private final RatingBatches batches;
  private final JdbcCounters counters;
  private final JdbcChargeLines chargeLines;
  private final Charger charger;
  private final BookingTimes times;
  private final BillingCalendar calendar;

  Rerating(
      JdbcCycles cycles,
      RatingBatches batches,
      JdbcCounters counters,
      JdbcChargeLines chargeLines,
      Charger charger,
      BookingTimes times,
      BillingCalendar calendar) {
    this.cycles = cycles;
    this.batches = batches;
    this.counters = counters;
    this.chargeLines = chargeLines;
    this.charger = charger;
    this.times = times;
    this.calendar = calendar;
  }

  /**
   * The difference in one cycle: the lines as they should be, and the amount by which each differs.
   */
  private record Difference(DueCycle cycle, List<RatedLine> lines, List<Money> amounts) {
    Money total(Money zero) {
      return amounts.stream().reduce(zero, Money::plus);
    }
  }

  /** Rates the month again and books what differs on the locked account. */
  void rerate(CycleKey month, Instant tick, OpenAccount account, CatalogueSnapshot snapshot) {
    Optional<Product> product = snapshot.product(month.product());
    Optional<PriceVersions> prices = snapshot.pricesOf(month.product());
    List<DueCycle> billed = cycles.lockBilled(month);
    if (product.isEmpty() || prices.isEmpty() || billed.isEmpty()) {
      return;
    }
    RatingBatch batch = batches.anew(billed, snapshot);
    Map<Instant, Map<ChargeLine.Key, Charged>> charged =
        chargeLines.charged(month, calendar.monthOf(month.start()).end());
    List<Difference> differences = new ArrayList<>();
    for (DueCycle cycle : billed) {
      RatedCycle rated = charger.rate(cycle, prices.get(), batch);
      batch.count(cycle, rated.monthToDate());
      difference(cycle, rated, charged.getOrDefault(cycle.key().start(), Map.of()))
          .ifPresent(differences::add);
    }
    book(differences, product.get(), tick, account, batch);
    chargeLines.write(batch.lines());
    counters.write(batch.changedCounters());
  }

  private static Optional<Difference> difference(
      DueCycle cycle, RatedCycle rated, Map<ChargeLine.Key, Charged> charged) {
    Map<ChargeLine.Key, Charged> gone = new LinkedHashMap<>(charged);
    List<RatedLine> lines = new ArrayList<>();
    List<Money> amounts = new ArrayList<>();
    for (RatedLine line : rated.lines()) {
      Charged before = gone.remove(ChargeLine.Key.of(line));
      Money amount =
          before == null
              ? line.amount()
              : line.amount().minus(new Money(before.amount(), line.amount().currency()));
      if (before == null || !amount.isZero() || !sameSplit(before.line(), line)) {
        lines.add(line);
        amounts.add(amount);
      }
    }
    gone.forEach(
        (key, before) -> {
          if (before.amount().signum() != 0) {
            RatedLine line = before.line().costingNothing();
            lines.add(line);
            amounts.add(new Money(before.amount().negate(), line.amount().currency()));
          }
        });
    return lines.isEmpty() ? Optional.empty() : Optional.of(new Difference(cycle, lines, amounts));
  }

  private static boolean sameSplit(RatedLine before, RatedLine line) {
    return before.revision() == line.revision()
        && LineLeg.same(before.rating().legs(), line.rating().legs());
  }

  private void book(
      List<Difference> differences,
      Product product,
      Instant tick,
      OpenAccount account,
      RatingBatch batch) {
    Money zero = Money.zero(account.currency());
    List<Bill.Draft> corrections = new ArrayList<>();
    List<Bill.Draft> additional = new ArrayList<>();
    for (Difference difference : differences) {
      Bill.Draft bill = bill(difference.cycle(), difference.total(zero), product);
      addLines(bill.id(), difference, batch);
      (bill.kind() == Bill.Kind.CORRECTION ? corrections : additional).add(bill);
    }
    Instant bookedAt = account.notBeforeLast(times.of(tick));
    if (!corrections.isEmpty()) {
      account.book(new Booking.Corrected(corrections, "usage was corrected"), bookedAt);
    }
    additional.forEach(bill -> account.book(new Booking.Billed(bill), bookedAt));
  }

  private Bill.Draft bill(DueCycle cycle, Money total, Product product) {
    int earlier = chargeLines.billsOf(cycle.key());
    BillId original = BillIds.ofCycle(cycle.key());
    boolean first = earlier == 0;
    return new Bill.Draft(
        first ? original : BillIds.ofCorrection(cycle.key(), earlier),
        first ? Bill.Kind.CYCLE : total.isNegative() ? Bill.Kind.CORRECTION : Bill.Kind.ADJUSTMENT,
        product.product(),
        product.cycle(),
        cycle.window(),
        total,
        product.paymentTerm(),
        first ? Optional.empty() : Optional.of(original));
  }

  private static void addLines(BillId bill, Difference difference, RatingBatch batch) {
    for (int i = 0; i < difference.lines().size(); i++) {
      batch
          .lines()
          .add(
              new ChargeLine(
                  bill,
                  i + 1,
                  difference.cycle().key(),
                  difference.lines().get(i),
                  difference.amounts().get(i)));
    }
  }
}
