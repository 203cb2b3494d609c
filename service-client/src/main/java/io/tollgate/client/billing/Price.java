package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A price version; it never changes (C2.1). */
public record Price(
    Instant effectiveFrom,
    Optional<String> currency,
    Optional<BigDecimal> flatFee,
    Optional<BigDecimal> minimum,
    Optional<String> countedPer,
    List<MeterPrice> meters,
    Optional<String> notice,
    String product,
    String cycle,
    int version) {}
