package io.tollgate.account.commands;

import io.tollgate.account.lifecycle.Subject;
import io.tollgate.account.lifecycle.Wanted;
import io.tollgate.account.telling.Effects;
import io.tollgate.model.CommandId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.support.audittrail.AuditEntry;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.policy.Policies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Issues commands and takes their acknowledgements.
 *
 * <p>Of the commands that say whether an instance runs only the newest is repeated: an older one
 * that arrives late must not undo it. Called under the account's lock.
 */
@Component
public class CommandDesk {

  private final JdbcCommandRepository commands;
  private final Policies policies;
  private final BusinessClock clock;

  CommandDesk(JdbcCommandRepository commands, Policies policies, BusinessClock clock) {
    this.commands = commands;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * Asks the platform for something from now on until it is done.
   *
   * @param cause what it derives from; the same cause makes the same command
   */
  public void issue(
      Subject subject, PlatformId platform, Wanted wanted, String cause, Effects effects) {
    commands.supersede(subject.account(), subject.instance(), replacedBy(wanted.kind()));
    CommandId id =
        CommandId.of(
            "cmd-" + UUID.nameUUIDFromBytes(cause.getBytes(StandardCharsets.UTF_8)).toString());
    Instant now = later(wanted.at(), clock.now());
    commands.insert(
        subject.account(),
        id,
        subject.instance(),
        platform,
        wanted.kind(),
        wanted.rule(),
        wanted.at(),
        now.plus(CommandPolicies.backoff(policies, now).after(1)));
    effects.event(
        id + ":1",
        new AccountEvent.CommandIssued(
            subject.account(),
            id,
            platform,
            subject.instance(),
            wanted.kind(),
            1,
            wanted.at(),
            wanted.rule()));
  }

  /** The platform did it: nothing is repeated any more. Returns when it was acknowledged. */
  public Instant acknowledge(Command command, String who, Effects effects) {
    Instant at = later(command.wantedAt(), clock.now());
    commands.acknowledged(command, at);
    effects.event(
        command.command() + ":acknowledged",
        new AccountEvent.CommandAcknowledged(
            command.account(),
            command.command(),
            command.platform(),
            command.instance(),
            command.kind(),
            at,
            command.rule()));
    effects.trail(
        AuditEntry.of(
            who,
            Optional.of(command.account()),
            "command",
            command.command().value(),
            command.kind() + " of " + command.instance() + " acknowledged",
            command.rule().value(),
            "done by the platform"),
        at);
    return at;
  }

  private static Set<CommandKind> replacedBy(CommandKind kind) {
    return switch (kind) {
      case OPEN, RELOCATE -> EnumSet.of(kind);
      case SUSPEND, RESUME -> EnumSet.of(CommandKind.SUSPEND, CommandKind.RESUME);
      case RELEASE -> EnumSet.allOf(CommandKind.class);
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
