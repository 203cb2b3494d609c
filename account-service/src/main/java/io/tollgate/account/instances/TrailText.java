package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.HoldRules;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.store.audittrail.AuditEntry;
import java.util.Optional;

/** Describes a trigger for the audit trail. */
final class TrailText {

  private static final String ARREARS = "C2.3";
  private static final String RETENTION = "C4.1.5";

  private record Words(String what, String rule, String reason) {}

  private TrailText() {}

  /** The entry of a trigger that changed an instance. */
  static AuditEntry entry(String who, Instance before, InstanceState after, Trigger trigger) {
    Words words = words(trigger);
    InstanceState from = before.status().state();
    return new AuditEntry(
        who,
        Optional.of(before.key().account()),
        "instance",
        before.key().instance().value(),
        from == after ? words.what() : words.what() + "; " + from + " to " + after,
        words.rule(),
        words.reason());
  }

  private static Words words(Trigger trigger) {
    return switch (trigger) {
      case Trigger.ArrearsBegan t ->
          new Words("arrears began", ARREARS, "unpaid since " + t.earliestDueAt());
      case Trigger.ArrearsRetimed t ->
          new Words("arrears re-timed", ARREARS, "unpaid since " + t.earliestDueAt());
      case Trigger.GraceExcused t ->
          new Words("grace re-timed", "C10.1", "force majeure; the grace ends " + t.graceEndsAt());
      case Trigger.ArrearsCleared t ->
          new Words("arrears cleared", ARREARS, "the debt for its product is paid");
      case Trigger.GraceEnded t ->
          new Words("grace ended", "C7.3", "the debt for its product is unpaid");
      case Trigger.WarningDue t ->
          new Words("deletion announced", RETENTION, t.lead() + " warning");
      case Trigger.WarningDelivered t ->
          new Words("deletion warning delivered", RETENTION, t.warning());
      case Trigger.DeletionDue t ->
          new Words(
              "release commanded", RETENTION, "retention is over and both warnings were delivered");
      case Trigger.HoldPlaced t ->
          new Words(
              t.scope() + " hold " + t.cause() + " to " + t.effect() + " placed",
              HoldRules.of(t.cause()).value(),
              t.reason());
      case Trigger.HoldLifted t ->
          new Words(
              t.scope() + " hold " + t.cause() + " to " + t.effect() + " lifted",
              HoldRules.of(t.cause()).value(),
              t.reason());
      case Trigger.LegalHoldPlaced t -> new Words("legal hold placed", RETENTION, t.reason());
      case Trigger.LegalHoldLifted t -> new Words("legal hold lifted", RETENTION, t.reason());
      case Trigger.Terminated t ->
          new Words("terminated, data " + t.clearing(), t.rule().value(), t.reason());
      case Trigger.BackupRuleSet t ->
          new Words(
              "backup rule set",
              "C4.1.4",
              t.keepDays().map(days -> "kept " + days + " days").orElse("by the product's policy"));
      case Trigger.BackupsDue t ->
          new Words("deletion of backups commanded", "C4.1.4", "kept as long as the rule says");
      case Trigger.ReleaseRequested t ->
          new Words("release commanded", "C4.1.4", "requested by the customer");
      case Trigger.ReleaseAcknowledged t ->
          new Words("data deleted", RETENTION, "acknowledged by the platform");
    };
  }
}
