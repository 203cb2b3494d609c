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

  /** Something is owed for the instance's product from now on (C2.3). */
  record ArrearsBegan(Instant earliestDueAt, Instant graceEndsAt, Instant at) implements Trigger {}

  /** The earliest unpaid bill is another one: pending steps move (section 6). */
  record ArrearsRetimed(Instant earliestDueAt, Instant graceEndsAt, Instant at)
      implements Trigger {}

  /**
   * Force majeure excuses the customer for a time that does not count towards the grace (C10.1).
   */
  record GraceExcused(Instant earliestDueAt, Instant graceEndsAt, Instant at) implements Trigger {}

  /** Everything owed for the product is paid (C2.3). */
  record ArrearsCleared(Instant at) implements Trigger {}

  /** The grace has run out unpaid (C7.3). */
  record GraceEnded(Instant at) implements Trigger {}

  /** A deletion warning is to be sent (C4.1.5). */
  record WarningDue(Lead lead, Instant at) implements Trigger {}

  /** A deletion warning reached the customer's inbox. */
  record WarningDelivered(String warning, Instant at) implements Trigger {}

  /** Retention is over and the customer was warned: the platform is to delete (C4.1.5). */
  record DeletionDue(Instant at) implements Trigger {}

  /** Somebody bars the instance, or its whole account, from running, or limits it. */
  record HoldPlaced(HoldScope scope, HoldCause cause, HoldEffect effect, String reason, Instant at)
      implements Trigger {}

  /** Somebody takes a hold away. */
  record HoldLifted(HoldScope scope, HoldCause cause, HoldEffect effect, String reason, Instant at)
      implements Trigger {}

  /** Data must not be deleted, whatever else happens. */
  record LegalHoldPlaced(String reason, Instant at) implements Trigger {}

  /** Data may be deleted again. */
  record LegalHoldLifted(String reason, Instant at) implements Trigger {}

  /** The service ends by an operator's decision (C7.4). */
  record Terminated(String reason, Clearing clearing, RuleId rule, Instant at) implements Trigger {}

  /**
   * The customer says how long backups are kept after a release, in natural days; empty for the
   * product's policy (C4.1.4).
   */
  record BackupRuleSet(Optional<Integer> keepDays, Instant at) implements Trigger {}

  /** The backups of a released instance have been kept for long enough (C4.1.4). */
  record BackupsDue(Instant at) implements Trigger {}

  /** The customer wants its data deleted at once; backups go by their own rule (C4.1.4). */
  record ReleaseRequested(Instant at) implements Trigger {}

  /** The platform deleted everything. */
  record ReleaseAcknowledged(Instant at) implements Trigger {}

  /** Whether a hold is on one instance or on all of the account. */
  enum HoldScope {
    INSTANCE,
    ACCOUNT
  }
}
