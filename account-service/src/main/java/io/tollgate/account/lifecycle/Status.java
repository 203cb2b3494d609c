package io.tollgate.account.lifecycle;

import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The status of an instance. Immutable; {@link Lifecycle} computes the next one.
 *
 * @param state its state
 * @param holds what keeps it from running; {@code ARREARS} among them once the grace has ended
 * @param accountHolds what keeps its whole account from running
 * @param restrictions what limits it to its specification while it runs
 * @param accountRestrictions what limits all of its account
 * @param debt what the account owes
 * @param arrearsHeldAt since when the arrears hold is on
 * @param termination how the service was ended
 * @param legalHold why deletion is forbidden; empty when it is not
 * @param plans deletion plans made so far
 * @param deletion the plan in force
 * @param backupDays how long the customer wants backups kept after a release
 * @param backupsDueAt when the backups that a release left are to be deleted
 */
public record Status(
    InstanceState state,
    Set<HoldCause> holds,
    Set<HoldCause> accountHolds,
    Set<HoldCause> restrictions,
    Set<HoldCause> accountRestrictions,
    Optional<Debt> debt,
    Optional<Instant> arrearsHeldAt,
    Optional<Termination> termination,
    Optional<String> legalHold,
    int plans,
    Optional<Deletion> deletion,
    Optional<Integer> backupDays,
    Optional<Instant> backupsDueAt) {

  /** A fresh instance that runs. */
  public static final Status OPENED =
      new Status(
          InstanceState.ACTIVE,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Keeps copies, and refuses a status that contradicts itself. */
  public Status {
    holds = copy(holds);
    accountHolds = copy(accountHolds);
    restrictions = copy(restrictions);
    accountRestrictions = copy(accountRestrictions);
    if (holds.contains(HoldCause.ARREARS) != arrearsHeldAt.isPresent()
        || accountHolds.contains(HoldCause.ARREARS)) {
      throw new IllegalArgumentException("the arrears hold is an instance's and has a start");
    }
    boolean underway = state != InstanceState.RELEASING && state != InstanceState.RELEASED;
    if (underway && state != derive(holds, accountHolds, debt, termination)) {
      throw new IllegalArgumentException("state " + state + " does not follow from its causes");
    }
    if (!underway && (deletion.isPresent() || legalHold.isPresent())) {
      throw new IllegalArgumentException("a released instance has nothing left to delete");
    }
    if (underway && backupsDueAt.isPresent()) {
      throw new IllegalArgumentException("only a release leaves backups to be deleted");
    }
  }

  /** Whether the platform may run it now. */
  public boolean mayRun() {
    return state == InstanceState.ACTIVE || state == InstanceState.IN_ARREARS;
  }

  /** Whether the platform limits it to its specification when it runs. */
  public boolean isRestricted() {
    return !restrictions.isEmpty() || !accountRestrictions.isEmpty();
  }

  /** Whether deletion is forbidden. */
  public boolean isLegallyHeld() {
    return legalHold.isPresent();
  }

  /** Every cause that keeps it from running, its own and its account's. */
  public Set<HoldCause> allHolds() {
    EnumSet<HoldCause> all = EnumSet.noneOf(HoldCause.class);
    all.addAll(holds);
    all.addAll(accountHolds);
    return Collections.unmodifiableSet(all);
  }

  static InstanceState derive(
      Set<HoldCause> holds,
      Set<HoldCause> accountHolds,
      Optional<Debt> debt,
      Optional<Termination> termination) {
    if (termination.isPresent() || !holds.isEmpty() || !accountHolds.isEmpty()) {
      return InstanceState.SUSPENDED;
    }
    return debt.isPresent() ? InstanceState.IN_ARREARS : InstanceState.ACTIVE;
  }

  private static Set<HoldCause> copy(Set<HoldCause> causes) {
    EnumSet<HoldCause> copy = EnumSet.noneOf(HoldCause.class);
    copy.addAll(causes);
    return Collections.unmodifiableSet(copy);
  }
}
