package io.tollgate.client.billing;

import io.tollgate.client.Amount;
import java.time.Instant;
import java.util.Optional;

/** What an account has and owes. */
public record Balance(
    String account,
    Instant at,
    String currency,
    Amount funds,
    Amount creditLimit,
    Amount creditDrawn,
    Amount accrued,
    Amount available,
    Amount owed,
    Amount unpaid,
    Amount penalty,
    Optional<Instant> arrearsSince,
    Optional<String> earliestUnpaid) {}
