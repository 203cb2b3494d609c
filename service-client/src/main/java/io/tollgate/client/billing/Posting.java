package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** A movement of money in the ledger; it never changes. */
public record Posting(
    long posting,
    String causeKind,
    String causeId,
    String subAccount,
    Optional<String> bill,
    String contra,
    BigDecimal amount,
    String currency,
    Instant valueTime,
    Instant bookedAt,
    String rule,
    Optional<String> reason) {}
