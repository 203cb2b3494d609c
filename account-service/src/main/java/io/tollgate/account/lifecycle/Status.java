package io.tollgate.account.lifecycle;

import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where an instance stands. Immutable; {@link Lifecycle} makes the next one.
 *
 * @param state its state
 * @param holds holds on this instance; {@code ARREARS} among them once the grace has ended
 * @param accountHolds holds on its whole account
 * @param debt what the account owes
 * @param arrearsHeldAt since when the arrears hold is on
 * @param termination how the service was ended
 * @param legalHold whether deletion is forbidden
 * @param plans deletion plans made so far
 * @param deletion the plan in force
 */
public record Status(
    InstanceState state,
    Set<HoldCause> holds,
    Set<HoldCause> accountHolds,
    Optional<Debt> debt,
    Optional<Instant> arrearsHeldAt,
    Optional<Termination> termination,
    boolean legalHold,
    int plans,
    Optional<Deletion> deletion) {

  /** A fresh instance that runs. */
  public static final Status OPENED =
      new Status(
          InstanceState.ACTIVE,
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          0,
          Optional.empty());

  /** Keeps copies, and refuses a status that contradicts itself. */
  public Status {
    holds = copy(holds);
    accountHolds = copy(accountHolds);
    if (holds.contains(HoldCause.ARREARS) != arrearsHeldAt.isPresent()
        || accountHolds.contains(HoldCause.ARREARS)) {
      throw new IllegalArgumentException("the arrears hold is an instance's and has a start");
    }
    boolean underway = state != InstanceState.RELEASING && state != InstanceState.RELEASED;
    if (underway && state != derive(holds, accountHolds, debt, termination)) {
      throw new IllegalArgumentException("state " + state + " does not follow from its causes");
    }
    if (!underway && (deletion.isPresent() || legalHold)) {
      throw new IllegalArgumentException("a released instance has nothing left to delete");
    }
  }

  /** Whether the platform may run it now. */
  public boolean mayRun() {
    return state == InstanceState.ACTIVE || state == InstanceState.IN_ARREARS;
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
