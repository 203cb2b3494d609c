package io.tollgate.account.lifecycle;

import static io.tollgate.model.Instants.later;

import io.tollgate.account.lifecycle.Outcome.Refusal;
import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules by which an instance goes from running to released (section 6): a pure function of its
 * status, the trigger and the product's terms.
 *
 * @param calendar natural days of the billing zone
 */
public record Lifecycle(BillingCalendar calendar) {

  /** What the trigger does to an instance in that status. */
  public Outcome apply(InstanceKey key, Status status, Trigger trigger, Terms terms) {
    return switch (status.state()) {
      case ACTIVE, IN_ARREARS, SUSPENDED -> underway(key, status, trigger, terms);
      case RELEASING -> ReleaseRules.releasing(key, status, trigger);
      case RELEASED -> ReleaseRules.released(key, status, trigger);
    };
  }

  /** The earliest step that time alone brings about; empty when it waits for somebody. */
  public Optional<Trigger> nextStep(Status status) {
    Optional<Trigger> suspension =
        status.debt().flatMap(Debt::suspendAt).map(Trigger.GraceEnded::new);
    Optional<Trigger> deletion =
        status.isLegallyHeld()
            ? Optional.empty()
            : status.deletion().flatMap(plan -> plan.nextStep(calendar));
    Optional<Trigger> backups = status.backupsDueAt().map(Trigger.BackupsDue::new);
    return Stream.of(suspension, deletion, backups)
        .flatMap(Optional::stream)
        .min(Comparator.comparing(Trigger::at));
  }

  private Outcome underway(InstanceKey key, Status status, Trigger trigger, Terms terms) {
    Change change = new Change(key, status, trigger.at());
    return switch (trigger) {
      case Trigger.ArrearsBegan began ->
          owes(change, status, began.earliestDueAt(), began.graceEndsAt(), terms);
      case Trigger.ArrearsRetimed moved ->
          owes(change, status, moved.earliestDueAt(), moved.graceEndsAt(), terms);
      case Trigger.GraceExcused excused -> excused(change, status, excused, terms);
      case Trigger.ArrearsCleared paid -> paid(change, status);
      case Trigger.GraceEnded ended -> graceEnded(change, status, ended, terms);
      case Trigger.WarningDue due -> warn(change, key, status, due);
      case Trigger.WarningDelivered delivered -> warned(change, key, status, delivered);
      case Trigger.DeletionDue due -> deletionDue(change, status, due);
      case Trigger.HoldPlaced placed -> hold(change, status, placed);
      case Trigger.HoldLifted lifted -> lift(change, status, lifted);
      case Trigger.LegalHoldPlaced placed -> legalHold(change, status, placed);
      case Trigger.LegalHoldLifted lifted -> legalHoldLifted(change, status, lifted);
      case Trigger.Terminated ended -> terminate(change, status, ended, terms);
      case Trigger.ReleaseRequested requested ->
          status.isLegallyHeld()
              ? refused(Refusal.LEGAL_HOLD, Rules.CUSTOMER_RELEASE)
              : change.release(
                  "released by the customer",
                  Rules.CUSTOMER_RELEASE,
                  backupsKeptUntil(status, requested, terms));
      case Trigger.BackupRuleSet set ->
          change.keepBackups(set.keepDays()).settle("backup rule set", Rules.CUSTOMER_RELEASE);
      case Trigger.BackupsDue due -> new Outcome.Unchanged("the instance is not released");
      case Trigger.ReleaseAcknowledged acknowledged ->
          refused(Refusal.RELEASE_NOT_COMMANDED, Rules.RETENTION);
    };
  }

  private Outcome owes(
      Change change, Status status, Instant dueAt, Instant suspendAt, Terms terms) {
    if (status.termination().isPresent()) {
      return change.owes(new Debt(dueAt, Optional.empty())).settle("owes", Rules.ARREARS);
    }
    if (status.arrearsHeldAt().isPresent()) {
      change.owes(new Debt(dueAt, Optional.empty()));
      Instant base = later(status.arrearsHeldAt().get(), suspendAt);
      Instant deleteAt = calendar.plusNaturalDays(base, terms.retentionDays());
      if (status.deletion().map(Deletion::dueAt).filter(deleteAt::equals).isEmpty()) {
        change.plan(deleteAt, terms.leads());
      }
      return change.settle("the earliest unpaid bill changed", Rules.ARREARS);
    }
    return change
        .owes(new Debt(dueAt, Optional.of(change.notBefore(suspendAt))))
        .settle("a bill is unpaid", Rules.ARREARS);
  }

  /** Who was suspended while the grace, as it counts now, still runs is served again. */
  private Outcome excused(Change change, Status status, Trigger.GraceExcused excused, Terms terms) {
    boolean suspendedTooSoon =
        status.arrearsHeldAt().isPresent()
            && status.termination().isEmpty()
            && excused.graceEndsAt().isAfter(excused.at());
    return suspendedTooSoon
        ? change
            .owes(new Debt(excused.earliestDueAt(), Optional.of(excused.graceEndsAt())))
            .liftArrears("force majeure: the grace still runs")
            .cancelDeletion()
            .settle("force majeure: the grace still runs", Rules.FORCE_MAJEURE)
        : owes(change, status, excused.earliestDueAt(), excused.graceEndsAt(), terms);
  }

  private Outcome paid(Change change, Status status) {
    change.owesNothing().liftArrears("the arrears that concern it are paid");
    if (status.termination().isEmpty()) {
      change.cancelDeletion();
    }
    return change.settle("the arrears that concern it are paid", Rules.ARREARS);
  }

  private Outcome graceEnded(Change change, Status status, Trigger.GraceEnded ended, Terms terms) {
    Optional<Debt> debt = status.debt();
    if (debt.isEmpty() || !debt.get().suspendAt().equals(Optional.of(ended.at()))) {
      return new Outcome.Unchanged("the grace was re-timed or the debt paid");
    }
    return change
        .owes(new Debt(debt.get().earliestDueAt(), Optional.empty()))
        .holdForArrears("the arrears were not paid within the grace period")
        .plan(calendar.plusNaturalDays(ended.at(), terms.retentionDays()), terms.leads())
        .settle("the arrears were not paid within the grace period", Rules.SUSPENSION);
  }

  private Outcome warn(Change change, InstanceKey key, Status status, Trigger.WarningDue due) {
    if (!nextStep(status).equals(Optional.of(due)) || status.deletion().isEmpty()) {
      return new Outcome.Unchanged("the warning was re-timed or cancelled");
    }
    Deletion plan = status.deletion().get();
    Warning issued = plan.warning(due.lead()).issued(due.at());
    return change
        .progress(plan.with(due.lead(), issued))
        .tell(
            new AccountEvent.DeletionScheduled(
                key.account(),
                key.instance(),
                key.product(),
                plan.warningId(key.instance(), due.lead()),
                plan.leads().days(due.lead()),
                plan.announced(calendar, due.lead(), due.at()),
                due.at(),
                Rules.RETENTION))
        .settle("deletion announced", Rules.RETENTION);
  }

  private Outcome warned(
      Change change, InstanceKey key, Status status, Trigger.WarningDelivered delivered) {
    for (Warning.Lead lead : Warning.Lead.values()) {
      Optional<Deletion> waiting =
          status
              .deletion()
              .filter(plan -> plan.warningId(key.instance(), lead).equals(delivered.warning()))
              .filter(plan -> plan.warning(lead).issuedAt().isPresent())
              .filter(plan -> plan.warning(lead).deliveredAt().isEmpty());
      if (waiting.isPresent()) {
        Warning done = waiting.get().warning(lead).delivered(delivered.at());
        return change
            .progress(waiting.get().with(lead, done))
            .settle("warning delivered", Rules.RETENTION);
      }
    }
    return new Outcome.Unchanged("no warning of the current plan awaits this delivery");
  }

  private Outcome deletionDue(Change change, Status status, Trigger.DeletionDue due) {
    return nextStep(status).equals(Optional.of(due))
        ? change.release("retention is over", Rules.RETENTION)
        : new Outcome.Unchanged("the deletion was re-timed or cancelled");
  }

  /** By the customer's rule for the instance, else by the product's (C4.1.4). */
  private Optional<Instant> backupsKeptUntil(
      Status status, Trigger.ReleaseRequested requested, Terms terms) {
    int days = status.backupDays().orElse(terms.backupDays());
    return days == 0
        ? Optional.empty()
        : Optional.of(calendar.plusNaturalDays(requested.at(), days));
  }

  private static Outcome hold(Change change, Status status, Trigger.HoldPlaced placed) {
    if (placed.cause() == HoldCause.ARREARS) {
      return refused(Refusal.ARREARS_HOLD_FOLLOWS_THE_DEBT, HoldRules.of(placed.cause()));
    }
    if (of(status, placed.scope(), placed.effect()).contains(placed.cause())) {
      return new Outcome.Unchanged("the hold is already in place");
    }
    return change.hold(placed).settle(placed.reason(), HoldRules.of(placed.cause()));
  }

  private static Outcome lift(Change change, Status status, Trigger.HoldLifted lifted) {
    if (lifted.cause() == HoldCause.ARREARS) {
      return refused(Refusal.ARREARS_HOLD_FOLLOWS_THE_DEBT, HoldRules.of(lifted.cause()));
    }
    if (!of(status, lifted.scope(), lifted.effect()).contains(lifted.cause())) {
      return refused(Refusal.NO_SUCH_HOLD, HoldRules.of(lifted.cause()));
    }
    return change.lift(lifted).settle(lifted.reason(), HoldRules.of(lifted.cause()));
  }

  private static Outcome legalHold(Change change, Status status, Trigger.LegalHoldPlaced placed) {
    if (status.isLegallyHeld()) {
      return new Outcome.Unchanged("a legal hold is already in place");
    }
    status.deletion().ifPresent(plan -> change.cancelDeletion().progress(untold(plan)));
    return change.legalHold(Optional.of(placed.reason())).settle(placed.reason(), Rules.RETENTION);
  }

  /** The retention goes on, but whatever was announced must be announced again. */
  private static Deletion untold(Deletion plan) {
    return Deletion.planned(plan.plan(), plan.plannedAt(), plan.dueAt(), plan.leads());
  }

  private static Outcome legalHoldLifted(
      Change change, Status status, Trigger.LegalHoldLifted lifted) {
    if (!status.isLegallyHeld()) {
      return new Outcome.Unchanged("no legal hold is in place");
    }
    change.legalHold(Optional.empty());
    Optional<Termination> termination = status.termination();
    if (termination.isPresent() && termination.get().clearing() == Clearing.AT_ONCE) {
      return change.release(termination.get().reason(), termination.get().rule());
    }
    status.deletion().ifPresent(plan -> change.plan(plan.dueAt(), plan.leads()));
    return change.settle(lifted.reason(), Rules.RETENTION);
  }

  private Outcome terminate(Change change, Status status, Trigger.Terminated ended, Terms terms) {
    Optional<Clearing> before = status.termination().map(Termination::clearing);
    if (before.isPresent()
        && (before.get() == Clearing.AT_ONCE || ended.clearing() == Clearing.AFTER_RETENTION)) {
      return new Outcome.Unchanged("already terminated");
    }
    change.terminate(new Termination(ended.reason(), ended.clearing(), ended.rule(), ended.at()));
    status.debt().ifPresent(d -> change.owes(new Debt(d.earliestDueAt(), Optional.empty())));
    return switch (ended.clearing()) {
      case AT_ONCE ->
          status.isLegallyHeld()
              ? change.cancelDeletion().settle(ended.reason(), ended.rule())
              : change.release(ended.reason(), ended.rule());
      case AFTER_RETENTION ->
          change
              .plan(calendar.plusNaturalDays(ended.at(), terms.retentionDays()), terms.leads())
              .settle(ended.reason(), ended.rule());
    };
  }

  private static Set<HoldCause> of(Status status, HoldScope scope, HoldEffect effect) {
    return switch (effect) {
      case SUSPEND -> scope == HoldScope.INSTANCE ? status.holds() : status.accountHolds();
      case RESTRICT ->
          scope == HoldScope.INSTANCE ? status.restrictions() : status.accountRestrictions();
    };
  }

  private static Outcome refused(Refusal refusal, RuleId rule) {
    return new Outcome.Refused(refusal, rule);
  }
}
