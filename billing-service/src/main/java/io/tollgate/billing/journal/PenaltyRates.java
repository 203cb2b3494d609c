package io.tollgate.billing.journal;

import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** The share of a bill's unpaid principal that a day costs, by the bill's product (C2.3). */
@FunctionalInterface
public interface PenaltyRates {
  BigDecimal on(Optional<ProductId> product, LocalDate day);
}
