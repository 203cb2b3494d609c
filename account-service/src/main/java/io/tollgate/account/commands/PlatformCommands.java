package io.tollgate.account.commands;

import static io.tollgate.model.Instants.later;

import io.tollgate.account.effects.Effects;
import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.account.lifecycle.WantedCommand;
import io.tollgate.model.CommandId;
import io.tollgate.model.Hashes;
import io.tollgate.model.PlatformId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Issues commands and processes their acknowledgements.
 *
 * <p>A newer command supersedes older ones ({@link Supersession}). Called under the account's lock.
 */
@Component
public class PlatformCommands {

  private final JdbcCommandRepository commands;
  private final Policies policies;
  private final BusinessClock clock;

  PlatformCommands(JdbcCommandRepository commands, Policies policies, BusinessClock clock) {
    this.commands = commands;
    this.policies = policies;
    this.clock = clock;
  }

  /** The id of a command: the same cause makes the same one. */
  static CommandId idOf(String cause) {
    return CommandId.of(Hashes.named("cmd-", cause));
  }

  /**
   * Asks the platform for something from now on until it is done.
   *
   * @param cause what it derives from; the same cause makes the same command
   */
  public void issue(
      InstanceKey key, PlatformId platform, WantedCommand wanted, String cause, Effects effects) {
    commands.supersede(key.account(), key.instance(), Supersession.endedBy(wanted.kind()));
    CommandId id = idOf(cause);
    Instant now = later(wanted.at(), clock.now());
    CommandKind kind = kindOf(key, wanted);
    commands.insert(
        key.account(),
        id,
        key.instance(),
        platform,
        kind,
        wanted.rule(),
        wanted.at(),
        wanted.backupsKeptUntil(),
        now.plus(CommandPolicies.backoff(policies, now).after(1)));
    effects.event(
        id + ":1",
        new AccountEvent.CommandIssued(
            key.account(),
            id,
            platform,
            key.instance(),
            kind,
            1,
            wanted.backupsKeptUntil(),
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
        new AuditEntry(
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

  /** Where it was asked to be opened once more meanwhile, it is asked to be resumed instead. */
  public void openedLate(InstanceKey key, Command opened, Effects effects) {
    commands
        .newest(opened.account(), opened.instance())
        .filter(newest -> newest.kind() == CommandKind.OPEN)
        .filter(newest -> newest.state() == Command.State.PENDING)
        .ifPresent(
            again ->
                issue(
                    key,
                    again.platform(),
                    new WantedCommand(CommandKind.RESUME, again.wantedAt(), again.rule()),
                    again.command() + ":opened",
                    effects));
  }

  /** What was never said to be opened, and was asked to stop meanwhile, cannot be resumed. */
  private CommandKind kindOf(InstanceKey key, WantedCommand wanted) {
    return wanted.kind() == CommandKind.RESUME
            && commands.waitsToBeOpened(key.account(), key.instance())
        ? CommandKind.OPEN
        : wanted.kind();
  }
}
