package io.tollgate.account.holds;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Instant;
import java.util.Optional;

/**
 * A hold that somebody placed.
 *
 * @param hold its number
 * @param account the account
 * @param instance the instance; empty for all of the account
 * @param cause why, as a kind
 * @param effect whether it suspends or restricts
 * @param reason why, in words
 * @param placedAt since when
 * @param liftedAt until when; empty while in force
 */
public record Hold(
    long hold,
    AccountId account,
    Optional<InstanceId> instance,
    HoldCause cause,
    HoldEffect effect,
    String reason,
    Instant placedAt,
    Optional<Instant> liftedAt) {}
