package io.tollgate.account.commands;

import io.tollgate.model.AccountId;
import io.tollgate.model.CommandId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A command to a platform.
 *
 * @param number grows with each command: of two for one instance the higher counts
 * @param account whose instance it is
 * @param command its id
 * @param instance the instance
 * @param platform who is asked
 * @param kind what
 * @param rule by which rule
 * @param wantedAt from when on
 * @param backupsKeptUntil of a release that leaves the backups: until when
 * @param state how far it is
 * @param delivery how often it was told
 * @param acknowledgedAt when the platform said that it is done
 */
public record Command(
    long number,
    AccountId account,
    CommandId command,
    InstanceId instance,
    PlatformId platform,
    CommandKind kind,
    RuleId rule,
    Instant wantedAt,
    Optional<Instant> backupsKeptUntil,
    State state,
    int delivery,
    Optional<Instant> acknowledgedAt) {

  /** The state of a command. */
  public enum State {
    /** Told again until acknowledged. */
    PENDING,
    ACKNOWLEDGED,
    /** A newer command took its place before it was acknowledged. */
    SUPERSEDED
  }
}
