package io.tollgate.billing.rating;

import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * How a line was rated: everything needed, beyond its usage, to explain it and to rate it again.
 *
 * <p>The amount is the sum of the legs except for rounding: the totals of a counter are rounded
 * instead of each line, so the two differ by less than a millionth.
 *
 * @param counterBefore the counter as the line found it, each number in the scope its price gives
 * @param counterAfter the counter as the line left it
 * @param priceVersion the version it was rated with
 * @param legs the split, in the order of deduction; empty for what costs nothing
 * @param basis why it costs what it costs
 * @param amount what it costs: of usage {@code round(counterAfter.amount) -
 *     round(counterBefore.amount)}
 */
public record Rating(
    Counter counterBefore,
    Counter counterAfter,
    int priceVersion,
    List<LineLeg> legs,
    Basis basis,
    Money amount) {

  private static final BigDecimal ROUNDING = BigDecimal.ONE.movePointLeft(Money.SCALE);

  /** Why a line costs what it costs. */
  public enum Basis {
    /** Its price version prices it. */
    PRICED,
    /** Its price version does not name the meter: it costs nothing and is reported. */
    UNPRICED,
    /** It was used while the instance was suspended, which is not charged (C2.3). */
    SUSPENDED
  }

  public Rating {
    legs = List.copyOf(legs);
    if (amount.amount().subtract(LineLeg.sum(legs)).abs().compareTo(ROUNDING) >= 0) {
      throw new IllegalArgumentException("%s is not what %s cost".formatted(amount, legs));
    }
  }

  /** A rating without usage. */
  static Rating ofCycle(int priceVersion, List<LineLeg> legs, Money amount) {
    return new Rating(Counter.ZERO, Counter.ZERO, priceVersion, legs, Basis.PRICED, amount);
  }

  /** A rating of nothing, which leaves its counter where it is. */
  static Rating ofNothing(Counter counter, int priceVersion, Basis basis, Money nothing) {
    return new Rating(counter, counter, priceVersion, List.of(), basis, nothing);
  }
}
