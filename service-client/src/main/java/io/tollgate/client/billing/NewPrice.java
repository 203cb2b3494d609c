package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A price version to be added; it begins where the one before ends (C2.1). */
public record NewPrice(
    Instant effectiveFrom,
    Optional<String> currency,
    Optional<BigDecimal> flatFee,
    Optional<BigDecimal> minimum,
    Optional<String> countedPer,
    List<MeterPrice> meters,
    Optional<String> notice) {
  /** A price of meters alone, counted per account in its currency. */
  public static NewPrice of(Instant effectiveFrom, List<MeterPrice> meters) {
    return new NewPrice(
        effectiveFrom,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        meters,
        Optional.empty());
  }
}
