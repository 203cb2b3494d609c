package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A bill, as it stands now. */
public record Bill(
    String bill,
    String kind,
    String product,
    Optional<String> cycle,
    Instant periodStart,
    Instant periodEnd,
    String currency,
    BigDecimal amount,
    BigDecimal corrected,
    BigDecimal unpaid,
    BigDecimal penalty,
    Instant dueAt,
    Instant bookedAt,
    Optional<String> adjusts,
    String rule) {}
