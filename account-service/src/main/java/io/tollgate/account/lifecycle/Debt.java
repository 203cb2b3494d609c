package io.tollgate.account.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * What the account owes, as far as an instance's life is concerned (C2.3).
 *
 * @param earliestDueAt when the earliest unpaid bill fell due; starts the grace
 * @param suspendAt when the grace ends; empty when nothing more is to be suspended
 */
public record Debt(Instant earliestDueAt, Optional<Instant> suspendAt) {}
