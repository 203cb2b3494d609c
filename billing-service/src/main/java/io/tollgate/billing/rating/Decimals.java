package io.tollgate.billing.rating;

import io.tollgate.model.Money;
import io.tollgate.model.Quantity;
import java.math.BigDecimal;

/** Checks the numbers of a price (T3). */
final class Decimals {

  /** Most fraction digits of a unit price. */
  static final int PRICE_SCALE = 10;

  private Decimals() {}

  /** A price: not negative, 10 fraction digits at most. */
  static BigDecimal price(String name, BigDecimal value) {
    BigDecimal price = notNegative(name, value);
    if (price.scale() > PRICE_SCALE) {
      throw new IllegalArgumentException(name + " must have at most 10 fraction digits");
    }
    return price;
  }

  static BigDecimal positive(String name, BigDecimal value) {
    BigDecimal quantity = notNegative(name, value);
    if (quantity.signum() == 0) {
      throw new IllegalArgumentException(name + " must be above 0");
    }
    return quantity;
  }

  static BigDecimal notNegative(String name, BigDecimal value) {
    if (value.signum() < 0 || !Quantity.withinBounds(value)) {
      throw new IllegalArgumentException(
          name + " must be 0 or more, of at most 24 integer and 24 fraction digits");
    }
    return Quantity.canonical(value);
  }

  static Money notNegative(String name, Money amount) {
    if (amount.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative");
    }
    return amount;
  }
}
