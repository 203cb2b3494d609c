package io.tollgate.billing.journal;

import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** The penalty rates by product (C2.3). */
@FunctionalInterface
public interface PenaltyRates {
  /**
   * The share of a bill's owed principal that a day costs, from 0 to 1.
   *
   * @param product the product of the bill; empty if it is unknown
   */
  BigDecimal on(Optional<ProductId> product, LocalDate day);
}
