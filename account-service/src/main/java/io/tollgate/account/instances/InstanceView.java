package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.Debt;
import io.tollgate.account.lifecycle.Deletion;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.account.lifecycle.Termination;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An instance as shown, with its next steps and their times. */
record InstanceView(
    InstanceId instance,
    AccountId account,
    ProductId product,
    PlatformId platform,
    String specification,
    BillingMode mode,
    InstanceState state,
    boolean mayRun,
    Set<HoldCause> holds,
    Set<HoldCause> accountHolds,
    Set<HoldCause> restrictions,
    Set<HoldCause> accountRestrictions,
    Instant registeredAt,
    Optional<Instant> endedAt,
    Optional<Instant> owingSince,
    Optional<Instant> suspendAt,
    Optional<Instant> terminatedAt,
    boolean legalHold,
    Optional<String> legalHoldReason,
    Optional<Instant> retainedUntil,
    Optional<Integer> backupDays,
    Optional<Instant> backupsKeptUntil,
    Optional<Instant> nextStepAt,
    Optional<String> deletionWithheld) {

  static InstanceView of(
      Instance instance, Optional<Trigger> nextStep, Optional<String> deletionWithheld) {
    Status status = instance.status();
    return new InstanceView(
        instance.key().instance(),
        instance.key().account(),
        instance.key().product(),
        instance.platform(),
        instance.specification(),
        instance.mode(),
        status.state(),
        status.mayRun(),
        status.holds(),
        status.accountHolds(),
        status.restrictions(),
        status.accountRestrictions(),
        instance.registeredAt(),
        instance.endedAt(),
        status.debt().map(Debt::earliestDueAt),
        status.debt().flatMap(Debt::suspendAt),
        status.termination().map(Termination::at),
        status.isLegallyHeld(),
        status.legalHold(),
        status.deletion().map(Deletion::dueAt),
        status.backupDays(),
        status.backupsDueAt(),
        nextStep.map(Trigger::at),
        deletionWithheld);
  }
}
