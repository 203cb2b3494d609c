package io.tollgate.billing.rating;

import java.math.BigDecimal;

/**
 * What a cycle or month has counted so far.
 *
 * @param freeUnits units that the free allowance took
 * @param units units that were priced: where the next one stands in a tier table
 * @param amount their exact price, not rounded, under the versions then in force
 */
public record Counter(BigDecimal freeUnits, BigDecimal units, BigDecimal amount) {

  /** Nothing yet. */
  public static final Counter ZERO = new Counter(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  public Counter {
    if (freeUnits.signum() < 0 || units.signum() < 0) {
      throw new IllegalArgumentException("a counter must not be negative");
    }
  }

  Counter plus(BigDecimal moreFree, BigDecimal moreUnits, BigDecimal moreAmount) {
    return new Counter(sum(freeUnits, moreFree), sum(units, moreUnits), sum(amount, moreAmount));
  }

  private static BigDecimal sum(BigDecimal one, BigDecimal other) {
    return other.signum() == 0 ? one : one.signum() == 0 ? other : one.add(other);
  }
}
