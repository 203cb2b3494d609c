package io.tollgate.client.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A billing account and its debt. */
public record Account(
    String account,
    String currency,
    Instant openedAt,
    boolean inArrears,
    Optional<Instant> arrearsSince,
    List<String> owedFor,
    BigDecimal owed,
    BigDecimal penaltyOwed) {}
