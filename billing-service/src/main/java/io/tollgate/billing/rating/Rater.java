package io.tollgate.billing.rating;

import io.tollgate.billing.rating.RatedLine.Kind;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;

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
   * What a cycle costs.
   *
   * @throws UnpricedUsageException when usage or service lies before the first price version
   */
  public RatedCycle rate(CycleInput input) {
    UsageRating usage = new UsageRating(input, this::share);
    usage.run();
    for (InstanceId instance : input.inService().keySet()) {
      addCycleLines(input, instance, usage);
    }
    return usage.result();
  }

  private void addCycleLines(CycleInput input, InstanceId instance, UsageRating rating) {
    Window part = input.partOf(instance);
    PriceVersion version = rating.versionAt(part.start());
    long days = calendar.startedDays(part);
    version
        .flatFee()
        .map(fee -> share(fee, input.cycle(), part))
        .ifPresent(
            fee ->
                rating.add(
                    RatedLine.ofCycle(Kind.FLAT, instance, part, days, version.version(), fee)));
    version
        .minimum()
        .map(least -> share(least, input.cycle(), part).minus(rating.pricedOf(instance)).orZero())
        .filter(Money::isPositive)
        .ifPresent(
            lack ->
                rating.add(
                    RatedLine.ofCycle(
                        Kind.MINIMUM, instance, part, days, version.version(), lack)));
  }

  /** Started days / days of the cycle, HALF_UP to 6. */
  private Money share(Money whole, Window cycle, Window part) {
    long started = calendar.startedDays(part);
    long days = calendar.startedDays(cycle);
    if (started == days) {
      return whole;
    }
    BigDecimal product = whole.amount().multiply(BigDecimal.valueOf(started));
    return new Money(
        product.divide(BigDecimal.valueOf(days), Money.SCALE, RoundingMode.HALF_UP),
        whole.currency());
  }
}
