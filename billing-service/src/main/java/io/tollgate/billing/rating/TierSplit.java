package io.tollgate.billing.rating;

import java.math.BigDecimal;

/**
 * A part of a line that has one price.
 *
 * @param quantity units, or blocks of a block price, or 1 of a flat one; negative where volume
 *     tiers take back what was charged at another price
 * @param unitPrice price of one
 * @param amount their exact product, not rounded
 */
public record TierSplit(BigDecimal quantity, BigDecimal unitPrice, BigDecimal amount) {

  static TierSplit of(BigDecimal quantity, BigDecimal unitPrice) {
    return new TierSplit(quantity, unitPrice, quantity.multiply(unitPrice));
  }
}
