package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.util.Optional;

/** How the usage of one meter is priced. */
public record MeterPrice(
    String meter,
    PriceModel model,
    Optional<String> scope,
    Optional<BigDecimal> freeAllowance,
    Optional<String> freeAllowanceScope) {
  /** Every unit of a cycle at one price. */
  public static MeterPrice perUnit(String meter, BigDecimal unitPrice) {
    return new MeterPrice(
        meter, PriceModel.perUnit(unitPrice), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
