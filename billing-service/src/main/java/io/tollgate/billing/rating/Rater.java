package io.tollgate.billing.rating;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Rates cycles: the one place where unit prices meet money. A pure function; the same input always
 * gives the same lines, so that a bill can be checked by rating it again.
 */
public final class Rater {

  private final BillingCalendar calendar;

  /**
   * A rater.
   *
   * @param calendar tells the days over which flat fees and minimums are shared
   */
  public Rater(BillingCalendar calendar) {
    this.calendar = calendar;
  }

  /**
   * What a cycle costs. Service before the first price version owes no flat fee and no minimum.
   *
   * @throws UnpricedUsageException when usage lies before the first price version
   */
  public RatedCycle rate(CycleInput input) {
    UsageRating rating = new UsageRating(input, this::shareOf);
    rating.run();
    for (InstanceId instance : input.inService().keySet()) {
      ChargedPart.of(input.charged(instance), calendar)
          .ifPresent(part -> addCycleLines(input, instance, part, rating));
    }
    if (input.countedPer() == CountedPer.ACCOUNT) {
      ChargedPart.of(input.chargedOfAny(), calendar)
          .ifPresent(
              part -> addMinimum(input, Optional.empty(), part, rating.pricedOfAll(), rating));
    }
    return rating.result();
  }

  private void addCycleLines(
      CycleInput input, InstanceId instance, ChargedPart part, UsageRating rating) {
    PriceVersion version = rating.versionAt(part.window().start());
    version
        .flatFee()
        .map(fee -> share(fee, input.cycle(), part.days()))
        .ifPresent(fee -> rating.add(RatedLine.flatFee(instance, part, version.version(), fee)));
    if (input.countedPer() == CountedPer.INSTANCE) {
      addMinimum(input, Optional.of(instance), part, rating.pricedOf(instance), rating);
    }
  }

  /** Tops what was priced up to the minimum. */
  private void addMinimum(
      CycleInput input,
      Optional<InstanceId> instance,
      ChargedPart part,
      Money priced,
      UsageRating rating) {
    PriceVersion version = rating.versionAt(part.window().start());
    version
        .minimum()
        .map(least -> share(least, input.cycle(), part.days()))
        .filter(least -> priced.compareTo(least) < 0)
        .ifPresent(
            least ->
                rating.add(RatedLine.minimum(instance, part, version.version(), least, priced)));
  }

  /** A cycle's amount for the part that is charged; all of it when nothing says otherwise. */
  private Money shareOf(Money whole, Window cycle, List<Window> charged) {
    return ChargedPart.of(charged, calendar)
        .map(part -> share(whole, cycle, part.days()))
        .orElse(whole);
  }

  /** Started days / days of the cycle, HALF_UP to 6. */
  private Money share(Money whole, Window cycle, long started) {
    long days = calendar.startedDays(cycle);
    BigDecimal product = whole.amount().multiply(BigDecimal.valueOf(started));
    return new Money(
        product.divide(BigDecimal.valueOf(days), Money.SCALE, RoundingMode.HALF_UP),
        whole.currency());
  }
}
