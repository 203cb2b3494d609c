package io.tollgate.account.lifecycle;

import io.tollgate.account.lifecycle.Outcome.Refusal;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.InstanceState;
import java.util.Optional;

/**
 * The rules past the point of no return: only the platform's acknowledgement and the backups
 * remain.
 */
final class ReleaseRules {

  private ReleaseRules() {}

  static Outcome releasing(InstanceKey key, Status status, Trigger trigger) {
    return switch (trigger) {
      case Trigger.ReleaseAcknowledged acknowledged ->
          new Change(key, status, acknowledged.at()).released("data deleted by the platform");
      case Trigger.HoldPlaced placed -> refused(Refusal.RELEASE_COMMANDED, Rules.RETENTION);
      case Trigger.HoldLifted lifted -> refused(Refusal.RELEASE_COMMANDED, Rules.RETENTION);
      case Trigger.LegalHoldPlaced placed -> refused(Refusal.RELEASE_COMMANDED, Rules.RETENTION);
      case Trigger.LegalHoldLifted lifted -> unchangedSince(InstanceState.RELEASING);
      case Trigger.Terminated ended -> unchangedSince(InstanceState.RELEASING);
      case Trigger.ReleaseRequested requested -> unchangedSince(InstanceState.RELEASING);
      case Trigger.BackupRuleSet set -> refused(Refusal.RELEASE_COMMANDED, Rules.CUSTOMER_RELEASE);
      case Trigger.BackupsDue due -> backupsDue(key, status, due);
      case Trigger.ArrearsBegan began -> unchangedSince(InstanceState.RELEASING);
      case Trigger.ArrearsRetimed moved -> unchangedSince(InstanceState.RELEASING);
      case Trigger.GraceExcused excused -> unchangedSince(InstanceState.RELEASING);
      case Trigger.ArrearsCleared paid -> unchangedSince(InstanceState.RELEASING);
      case Trigger.GraceEnded ended -> unchangedSince(InstanceState.RELEASING);
      case Trigger.WarningDue due -> unchangedSince(InstanceState.RELEASING);
      case Trigger.WarningDelivered delivered -> unchangedSince(InstanceState.RELEASING);
      case Trigger.DeletionDue due -> unchangedSince(InstanceState.RELEASING);
    };
  }

  private static Outcome backupsDue(InstanceKey key, Status status, Trigger.BackupsDue due) {
    return status.backupsDueAt().equals(Optional.of(due.at()))
        ? new Change(key, status, due.at()).deleteBackups()
        : new Outcome.Unchanged("no backups are left that are due then");
  }

  static Outcome released(InstanceKey key, Status status, Trigger trigger) {
    if (trigger instanceof Trigger.BackupsDue due) {
      return backupsDue(key, status, due);
    }
    boolean asksForChange =
        trigger instanceof Trigger.HoldPlaced
            || trigger instanceof Trigger.BackupRuleSet
            || trigger instanceof Trigger.HoldLifted
            || trigger instanceof Trigger.LegalHoldPlaced;
    return asksForChange
        ? refused(Refusal.ALREADY_RELEASED, Rules.RETENTION)
        : unchangedSince(InstanceState.RELEASED);
  }

  private static Outcome refused(Refusal refusal, RuleId rule) {
    return new Outcome.Refused(refusal, rule);
  }

  private static Outcome unchangedSince(InstanceState state) {
    return new Outcome.Unchanged("the instance is " + state + "; nothing stops or repeats that");
  }
}
