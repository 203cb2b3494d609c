package io.tollgate.account.lifecycle;

import static io.tollgate.model.Instants.later;

import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the outcome of one trigger. The state is never set directly but follows from its causes,
 * except for the two states past the point of no return.
 */
final class Change {

  private final InstanceKey key;
  private final Status before;
  private final Instant at;
  private final List<AccountEvent> events = new ArrayList<>();
  private final List<WantedCommand> commands = new ArrayList<>();
  private final EnumSet<HoldCause> holds;
  private final EnumSet<HoldCause> accountHolds;
  private final EnumSet<HoldCause> restrictions;
  private final EnumSet<HoldCause> accountRestrictions;
  private Optional<Debt> debt;
  private Optional<Instant> arrearsHeldAt;
  private Optional<Termination> termination;
  private Optional<String> legalHold;
  private int plans;
  private Optional<Deletion> deletion;
  private Optional<Integer> backupDays;
  private Optional<Instant> backupsDueAt;

  Change(InstanceKey key, Status before, Instant at) {
    this.key = key;
    this.before = before;
    this.at = at;
    this.holds = copy(before.holds());
    this.accountHolds = copy(before.accountHolds());
    this.restrictions = copy(before.restrictions());
    this.accountRestrictions = copy(before.accountRestrictions());
    this.debt = before.debt();
    this.arrearsHeldAt = before.arrearsHeldAt();
    this.termination = before.termination();
    this.legalHold = before.legalHold();
    this.plans = before.plans();
    this.deletion = before.deletion();
    this.backupDays = before.backupDays();
    this.backupsDueAt = before.backupsDueAt();
  }

  Change owes(Debt newDebt) {
    debt = Optional.of(newDebt);
    return this;
  }

  /** No step is taken before what brings it about is known. */
  Instant notBefore(Instant step) {
    return later(step, at);
  }

  Change owesNothing() {
    debt = Optional.empty();
    return this;
  }

  Change hold(Trigger.HoldPlaced hold) {
    causes(hold.scope(), hold.effect()).add(hold.cause());
    if (hold.scope() == HoldScope.INSTANCE) {
      tellHold(hold.cause(), hold.effect(), hold.reason());
    }
    return this;
  }

  Change lift(Trigger.HoldLifted hold) {
    causes(hold.scope(), hold.effect()).remove(hold.cause());
    if (hold.scope() == HoldScope.INSTANCE) {
      tellLifted(hold.cause(), hold.effect(), hold.reason());
    }
    return this;
  }

  /** An account's hold is told once, for all of its instances, by who places it. */
  private EnumSet<HoldCause> causes(HoldScope scope, HoldEffect effect) {
    return switch (effect) {
      case SUSPEND -> scope == HoldScope.INSTANCE ? holds : accountHolds;
      case RESTRICT -> scope == HoldScope.INSTANCE ? restrictions : accountRestrictions;
    };
  }

  Change holdForArrears(String reason) {
    holds.add(HoldCause.ARREARS);
    arrearsHeldAt = Optional.of(at);
    tellHold(HoldCause.ARREARS, HoldEffect.SUSPEND, reason);
    return this;
  }

  Change liftArrears(String reason) {
    if (holds.remove(HoldCause.ARREARS)) {
      arrearsHeldAt = Optional.empty();
      tellLifted(HoldCause.ARREARS, HoldEffect.SUSPEND, reason);
    }
    return this;
  }

  Change terminate(Termination end) {
    termination = Optional.of(end);
    return this;
  }

  Change legalHold(Optional<String> reason) {
    legalHold = reason;
    return this;
  }

  Change keepBackups(Optional<Integer> days) {
    backupDays = days;
    return this;
  }

  /** A new plan with new warnings; what an older one announced is taken back. */
  Change plan(Instant dueAt, Leads leads) {
    cancelDeletion();
    plans++;
    deletion = Optional.of(Deletion.planned(plans, at, dueAt, leads));
    return this;
  }

  Change progress(Deletion progressed) {
    deletion = Optional.of(progressed);
    return this;
  }

  Change cancelDeletion() {
    if (deletion.isPresent() && deletion.get().announced()) {
      tell(new AccountEvent.DeletionCancelled(key.account(), key.instance(), at, Rules.RETENTION));
    }
    deletion = Optional.empty();
    return this;
  }

  Change tell(AccountEvent event) {
    events.add(event);
    return this;
  }

  /** The state follows from its causes; platform and customer are told when it changed. */
  Outcome settle(String reason, RuleId rule) {
    InstanceState to = Status.derive(holds, accountHolds, debt, termination);
    Status after = status(to);
    if (to != before.state()) {
      moved(to, reason, rule);
      if (before.mayRun() && !after.mayRun()) {
        commands.add(new WantedCommand(CommandKind.SUSPEND, at, rule));
      } else if (!before.mayRun() && after.mayRun()) {
        commands.add(new WantedCommand(CommandKind.RESUME, at, rule));
      }
    }
    if (before.isRestricted() != after.isRestricted()) {
      CommandKind kind = after.isRestricted() ? CommandKind.RESTRICT : CommandKind.UNRESTRICT;
      commands.add(new WantedCommand(kind, at, rule));
    }
    announceSuspension(after);
    return after.equals(before)
        ? new Outcome.Unchanged("nothing changes")
        : new Outcome.Changed(after, events, commands);
  }

  /** The point of no return: the release command is issued, which takes the backups as well. */
  Outcome release(String reason, RuleId rule) {
    return release(reason, rule, Optional.empty());
  }

  /** A release that leaves the backups until an instant (C4.1.4). */
  Outcome release(String reason, RuleId rule, Optional<Instant> backupsKeptUntil) {
    deletion = Optional.empty();
    backupsDueAt = backupsKeptUntil;
    debt = debt.map(owed -> new Debt(owed.earliestDueAt(), Optional.empty()));
    moved(InstanceState.RELEASING, reason, rule);
    commands.add(new WantedCommand(CommandKind.RELEASE, at, rule, backupsKeptUntil));
    return new Outcome.Changed(status(InstanceState.RELEASING), events, commands);
  }

  /** The backups that a release left are to be deleted as well. */
  Outcome deleteBackups() {
    backupsDueAt = Optional.empty();
    commands.add(new WantedCommand(CommandKind.DELETE_BACKUPS, at, Rules.CUSTOMER_RELEASE));
    return new Outcome.Changed(status(before.state()), events, commands);
  }

  Outcome released(String reason) {
    moved(InstanceState.RELEASED, reason, Rules.RETENTION);
    tell(
        new AccountEvent.InstanceReleased(
            key.account(), key.instance(), key.product(), reason, at, Rules.RETENTION));
    return new Outcome.Changed(status(InstanceState.RELEASED), events, commands);
  }

  private void announceSuspension(Status after) {
    if (after.state() != InstanceState.IN_ARREARS) {
      return;
    }
    Optional<Instant> suspendAt = after.debt().flatMap(Debt::suspendAt);
    boolean known =
        before.state() == InstanceState.IN_ARREARS
            && suspendAt.equals(before.debt().flatMap(Debt::suspendAt));
    if (suspendAt.isPresent() && !known) {
      tell(
          new AccountEvent.SuspensionScheduled(
              key.account(), key.instance(), key.product(), suspendAt.get(), at, Rules.ARREARS));
    }
  }

  private void moved(InstanceState to, String reason, RuleId rule) {
    if (!Transitions.allowed(before.state(), to)) {
      throw new IllegalStateException("no transition from " + before.state() + " to " + to);
    }
    tell(
        new AccountEvent.InstanceStateChanged(
            key.account(), key.instance(), key.product(), before.state(), to, reason, at, rule));
  }

  private void tellHold(HoldCause cause, HoldEffect effect, String reason) {
    tell(
        new AccountEvent.HoldPlaced(
            key.account(),
            Optional.of(key.instance()),
            cause,
            effect,
            reason,
            at,
            HoldRules.of(cause)));
  }

  private void tellLifted(HoldCause cause, HoldEffect effect, String reason) {
    tell(
        new AccountEvent.HoldLifted(
            key.account(),
            Optional.of(key.instance()),
            cause,
            effect,
            reason,
            at,
            HoldRules.of(cause)));
  }

  private Status status(InstanceState state) {
    return new Status(
        state,
        holds,
        accountHolds,
        restrictions,
        accountRestrictions,
        debt,
        arrearsHeldAt,
        termination,
        legalHold,
        plans,
        deletion,
        backupDays,
        backupsDueAt);
  }

  private static EnumSet<HoldCause> copy(Set<HoldCause> causes) {
    EnumSet<HoldCause> copy = EnumSet.noneOf(HoldCause.class);
    copy.addAll(causes);
    return copy;
  }
}
