package io.tollgate.account.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * The debt for an instance's product, as far as its lifecycle needs it (C2.3).
 *
 * @param earliestDueAt when the earliest unpaid bill fell due; starts the grace
 * @param suspendAt when the grace ends; empty when nothing more is to be suspended
 */
public record Debt(Instant earliestDueAt, Optional<Instant> suspendAt) {}
