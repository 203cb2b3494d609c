package io.tollgate.account.lifecycle;

import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Warning.Lead;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Instant;
import java.util.Optional;

/** What can happen to an instance; a closed set, each with its business instant. */
public sealed interface Trigger {

  /** When it takes effect: the instant it was due or booked, never the instant of running. */
  Instant at();

  /** A bill for the instance's product is unpaid (C2.3). */
  record ArrearsBegan(Instant earliestDueAt, Instant graceEndsAt, Instant at) implements Trigger {}

  /** The earliest unpaid bill has changed, so pending steps move (section 6). */
  record ArrearsRetimed(Instant earliestDueAt, Instant graceEndsAt, Instant at)
      implements Trigger {}

  /** A time of force majeure does not count towards the grace period (C10.1). */
  record GraceExcused(Instant earliestDueAt, Instant graceEndsAt, Instant at) implements Trigger {}

  /** All bills for the product are paid (C2.3). */
  record ArrearsCleared(Instant at) implements Trigger {}

  /** The grace period has elapsed without payment (C7.3). */
  record GraceEnded(Instant at) implements Trigger {}

  /** A deletion warning is to be sent (C4.1.5). */
  record WarningDue(Lead lead, Instant at) implements Trigger {}

  /** A deletion warning reached the customer's inbox. */
  record WarningDelivered(String warning, Instant at) implements Trigger {}

  /** Retention is over and the customer was warned: the platform is to delete (C4.1.5). */
  record DeletionDue(Instant at) implements Trigger {}

  /** A hold prevents the instance, or all of its account, from running, or limits it. */
  record HoldPlaced(HoldScope scope, HoldCause cause, HoldEffect effect, String reason, Instant at)
      implements Trigger {}

  /** A hold is lifted. */
  record HoldLifted(HoldScope scope, HoldCause cause, HoldEffect effect, String reason, Instant at)
      implements Trigger {}

  /** Data must not be deleted, whatever else happens. */
  record LegalHoldPlaced(String reason, Instant at) implements Trigger {}

  /** Data may be deleted again. */
  record LegalHoldLifted(String reason, Instant at) implements Trigger {}

  /** The service ends by an operator's decision (C7.4). */
  record Terminated(String reason, Clearing clearing, RuleId rule, Instant at) implements Trigger {}

  /**
   * The customer sets how long backups are kept after a release, in natural days; empty for the
   * product's policy (C4.1.4).
   */
  record BackupRuleSet(Optional<Integer> keepDays, Instant at) implements Trigger {}

  /** The backups of a released instance have been kept for long enough (C4.1.4). */
  record BackupsDue(Instant at) implements Trigger {}

  /** The customer wants its data deleted at once; backups go by their own rule (C4.1.4). */
  record ReleaseRequested(Instant at) implements Trigger {}

  /** The platform has deleted everything. */
  record ReleaseAcknowledged(Instant at) implements Trigger {}

  /** Whether a hold is on one instance or on all of the account. */
  enum HoldScope {
    INSTANCE,
    ACCOUNT
  }
}
