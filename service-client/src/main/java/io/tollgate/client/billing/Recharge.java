package io.tollgate.client.billing;

import io.tollgate.client.Amount;
import java.time.Instant;
import java.util.Optional;

/** A payment, and what it was allocated to (C2.2). */
public record Recharge(
    String recharge,
    Optional<String> account,
    Optional<String> enteredFor,
    String channel,
    String transaction,
    Amount amount,
    Optional<Instant> paidAt,
    Optional<String> payee,
    String state,
    Optional<Instant> valueTime,
    Optional<Instant> bookedAt,
    Optional<Allocation> allocation) {}
