package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** The usage behind a line. */
public record CountedUsage(
    String granularity,
    String unit,
    BigDecimal quantity,
    long eventCount,
    int revision,
    Optional<Instant> countedAt) {}
