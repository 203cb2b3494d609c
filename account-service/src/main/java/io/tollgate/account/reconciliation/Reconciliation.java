package io.tollgate.account.reconciliation;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.commands.Command;
import io.tollgate.account.commands.JdbcCommandRepository;
import io.tollgate.account.commands.PlatformCommands;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.lifecycle.WantedCommand;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compares what should run with what a platform says runs, and asks again for what differs although
 * its command was acknowledged. What is still pending is being repeated anyway.
 */
@Component
class Reconciliation {

  private static final RuleId RULE = new RuleId("S6");
  private static final int MAX_DIFFERENCES = 10_000;

  private final JdbcReportRepository reports;
  private final JdbcInstanceRepository instances;
  private final JdbcAccountRepository accounts;
  private final JdbcCommandRepository commands;
  private final PlatformCommands platformCommands;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  Reconciliation(
      JdbcReportRepository reports,
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      JdbcCommandRepository commands,
      PlatformCommands platformCommands,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.reports = reports;
    this.instances = instances;
    this.accounts = accounts;
    this.commands = commands;
    this.platformCommands = platformCommands;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /** What was found, and for which instances the platform is asked again. */
  record Result(List<Difference> differences, List<InstanceId> askedAgain) {}

  /** Takes a platform's report. */
  Result take(PlatformId platform, Report report) {
    return transactions.runHttp(
        () -> {
          Instant now = clock.now();
          reports.save(platform, report.instances(), now);
          if (report.complete()) {
            reports.absent(platform, report.instances(), now);
          }
          List<Difference> found = reports.differences(platform, MAX_DIFFERENCES);
          return new Result(found, correct(platform, found, now));
        });
  }

  List<Difference> differences(PlatformId platform) {
    return reports.differences(platform, MAX_DIFFERENCES);
  }

  private List<InstanceId> correct(PlatformId platform, List<Difference> found, Instant now) {
    Sight ofPlatform = new Sight(Optional.empty(), Optional.of(platform));
    List<Instance> concerned =
        found.stream()
            .flatMap(difference -> instances.find(ofPlatform, difference.instance()).stream())
            .toList();
    accounts.lockAll(
        concerned.stream().map(each -> each.key().account()).collect(Collectors.toSet()));
    Effects effects = new Effects();
    List<InstanceId> askedAgain = new ArrayList<>();
    for (Instance seen : concerned) {
      Instance locked = instances.find(ofPlatform, seen.key().instance()).orElseThrow();
      if (askAgain(locked, now, effects)) {
        askedAgain.add(locked.key().instance());
      }
    }
    writer.write(effects);
    return askedAgain;
  }

  private boolean askAgain(Instance instance, Instant now, Effects effects) {
    Optional<CommandKind> missing =
        switch (instance.status().state()) {
          case ACTIVE, IN_ARREARS -> Optional.of(CommandKind.RESUME);
          case SUSPENDED -> Optional.of(CommandKind.SUSPEND);
          case RELEASING -> Optional.empty();
          case RELEASED -> Optional.of(CommandKind.RELEASE);
        };
    Optional<Command> newest = commands.newest(instance.key().account(), instance.key().instance());
    boolean isPending =
        newest.map(command -> command.state() == Command.State.PENDING).orElse(false);
    if (missing.isEmpty() || isPending) {
      return false;
    }
    long after = newest.map(Command::number).orElse(0L);
    platformCommands.issue(
        instance.key(),
        instance.platform(),
        new WantedCommand(missing.get(), now, RULE, instance.status().backupsDueAt()),
        "reconciliation:" + instance.key().instance() + ":" + after,
        effects);
    effects.trail(
        new AuditEntry(
            instance.platform().value(),
            Optional.of(instance.key().account()),
            "instance",
            instance.key().instance().value(),
            missing.get() + " commanded again",
            RULE.value(),
            "the platform's report contradicts its acknowledgement"),
        now);
    return true;
  }
}
