package io.tollgate.account.platforms;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.commands.Command;
import io.tollgate.account.commands.JdbcCommandRepository;
import io.tollgate.account.commands.PlatformCommands;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.InstanceLifecycle;
import io.tollgate.account.instances.InstanceRequests;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.CommandId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Platforms read their commands and acknowledge them. */
@RestController
@RequestMapping("/v1/platforms/{platform}/commands")
class CommandController {

  private final JdbcCommandRepository commands;
  private final JdbcAccountRepository accounts;
  private final JdbcInstanceRepository instances;
  private final PlatformCommands platformCommands;
  private final InstanceLifecycle lifecycle;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final LongPolls polls;

  CommandController(
      JdbcCommandRepository commands,
      JdbcAccountRepository accounts,
      JdbcInstanceRepository instances,
      PlatformCommands platformCommands,
      InstanceLifecycle lifecycle,
      Transactions transactions,
      EffectWriter writer,
      LongPolls polls) {
    this.commands = commands;
    this.accounts = accounts;
    this.instances = instances;
    this.platformCommands = platformCommands;
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.writer = writer;
    this.polls = polls;
  }

  /** Waits up to so many seconds for a command, if there is none. */
  @GetMapping
  Mono<Page<Command>> list(
      Caller caller,
      @PathVariable PlatformId platform,
      @RequestParam(defaultValue = "false") boolean pending,
      @RequestParam(name = "wait", defaultValue = "0") int waitSeconds,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    Sight.require(caller, platform);
    if (waitSeconds < 0 || waitSeconds > LongPolls.MAX_SECONDS) {
      throw ProblemException.invalid(
          "wait", "must be 0 to " + LongPolls.MAX_SECONDS + " seconds, not " + waitSeconds);
    }
    return polls.firstOf(
        platform,
        Duration.ofSeconds(waitSeconds),
        () ->
            Page.byNumber(
                limit,
                cursor,
                0,
                (after, size) -> commands.list(platform, pending, after, size),
                Command::number));
  }

  /**
   * Acknowledging again changes nothing, nor does acknowledging what a newer command replaced; but
   * that an instance was opened after all is noted: what is open is resumed and not opened again.
   */
  @PostMapping("/{command}/acknowledgement")
  Command acknowledge(
      Caller caller, @PathVariable PlatformId platform, @PathVariable CommandId command) {
    Sight.require(caller, platform);
    return transactions.runHttp(
        () -> {
          accounts.lockAll(List.of(find(platform, command).account()));
          Command locked = find(platform, command);
          if (isNews(locked)) {
            done(caller, locked);
          }
          return find(platform, command);
        });
  }

  private static boolean isNews(Command command) {
    return switch (command.state()) {
      case PENDING -> true;
      case SUPERSEDED -> command.kind() == CommandKind.OPEN;
      case ACKNOWLEDGED -> false;
    };
  }

  private void done(Caller caller, Command command) {
    Effects effects = new Effects();
    Instant at = platformCommands.acknowledge(command, caller.subject(), effects);
    if (command.kind() == CommandKind.RELEASE) {
      var unused =
          InstanceRequests.accepted(
              lifecycle.apply(
                  instances.find(Sight.ALL, command.instance()).orElseThrow(),
                  new Trigger.ReleaseAcknowledged(at),
                  caller.subject(),
                  effects));
    }
    if (command.state() == Command.State.SUPERSEDED) {
      platformCommands.openedLate(
          instances.find(Sight.ALL, command.instance()).orElseThrow().key(), command, effects);
    }
    writer.write(effects);
  }

  private Command find(PlatformId platform, CommandId command) {
    return commands
        .find(platform, command)
        .orElseThrow(() -> ProblemException.notFound("command " + command));
  }
}
