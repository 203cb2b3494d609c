package io.tollgate.account.holds;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import java.time.Instant;
import java.util.Optional;

/**
 * A hold that somebody placed.
 *
 * @param hold its number
 * @param account the account
 * @param instance the instance; empty for all of the account
 * @param cause why, as a kind
 * @param reason why, in words
 * @param placedAt since when
 * @param liftedAt until when; empty while in force
 */
public record Hold(
    long hold,
    AccountId account,
    Optional<InstanceId> instance,
    HoldCause cause,
    String reason,
    Instant placedAt,
    Optional<Instant> liftedAt) {}
