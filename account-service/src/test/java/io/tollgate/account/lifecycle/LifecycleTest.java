package io.tollgate.account.lifecycle;

import static io.tollgate.account.lifecycle.Story.march;
import static io.tollgate.model.event.AccountEvent.InstanceState.ACTIVE;
import static io.tollgate.model.event.AccountEvent.InstanceState.IN_ARREARS;
import static io.tollgate.model.event.AccountEvent.InstanceState.RELEASED;
import static io.tollgate.model.event.AccountEvent.InstanceState.RELEASING;
import static io.tollgate.model.event.AccountEvent.InstanceState.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.account.lifecycle.Outcome.Refusal;
import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked timeline of the package's README, and every way off it. */
class LifecycleTest {

  private static final RuleId VIOLATION = new RuleId("C7.4.2");
  private final Story story = new Story();

  @Test
  void anUnpaidBillLeadsThroughGraceToSuspensionAndPayingResumes() {
    story.owesSince(march(1, "10:00"));
    assertThat(story.status.state()).isEqualTo(IN_ARREARS);
    assertThat(story.commands).isEmpty();
    assertThat(story.told(AccountEvent.SuspensionScheduled.class))
        .extracting(AccountEvent.SuspensionScheduled::suspendAt)
        .containsExactly(march(2, "10:00"));

    story.stepDueAt(march(2, "10:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    assertThat(story.status.allHolds()).containsExactly(HoldCause.ARREARS);
    assertThat(story.commands)
        .containsExactly(
            new WantedCommand(CommandKind.SUSPEND, march(2, "10:00"), new RuleId("C7.3")));

    story.then(new Trigger.ArrearsCleared(march(3, "12:00")));
    assertThat(story.status.state()).isEqualTo(ACTIVE);
    assertThat(story.status.deletion()).isEmpty();
    assertThat(story.commandKinds()).containsExactly(CommandKind.SUSPEND, CommandKind.RESUME);
    assertThat(story.told(AccountEvent.InstanceStateChanged.class))
        .extracting(AccountEvent.InstanceStateChanged::at)
        .containsExactly(march(1, "10:00"), march(2, "10:00"), march(3, "12:00"));
    assertThat(story.next()).isEmpty();
  }

  @Test
  void payingWithinTheGraceSuspendsNothing() {
    story.owesSince(march(1, "10:00")).then(new Trigger.ArrearsCleared(march(2, "09:59")));
    assertThat(story.status).isEqualTo(Status.OPENED);
    assertThat(story.commands).isEmpty();
    assertThat(story.next()).isEmpty();
  }

  @Test
  void anUnpaidSuspensionEndsInDeletionAfterRetentionAndBothWarnings() {
    story.suspendedAt(march(2, "10:00"));
    // Due on the 17th at 10:00: warned on the 9th and on the 15th at the same local time.
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    story.stepDueAt(march(15, "10:00")).warningDelivered(march(15, "10:00"));
    story.stepDueAt(march(17, "10:00"));

    assertThat(story.status.state()).isEqualTo(RELEASING);
    assertThat(story.commandKinds()).containsExactly(CommandKind.SUSPEND, CommandKind.RELEASE);
    assertThat(story.told(AccountEvent.DeletionScheduled.class))
        .extracting(
            AccountEvent.DeletionScheduled::leadDays,
            AccountEvent.DeletionScheduled::deleteAt,
            AccountEvent.DeletionScheduled::at)
        .containsExactly(
            tuple(7, march(17, "10:00"), march(9, "10:00")),
            tuple(1, march(17, "10:00"), march(15, "10:00")));

    story.then(new Trigger.ReleaseAcknowledged(march(17, "10:02")));
    assertThat(story.status.state()).isEqualTo(RELEASED);
    assertThat(story.told(AccountEvent.InstanceReleased.class))
        .extracting(AccountEvent.InstanceReleased::at)
        .containsExactly(march(17, "10:02"));
    assertThat(story.next()).isEmpty();
  }

  @Test
  void aWarningNotYetDeliveredKeepsTheDataHoweverLongItTakes() {
    story.suspendedAt(march(2, "10:00")).stepDueAt(march(9, "10:00"));
    assertThat(story.next()).isEmpty();
  }

  @Test
  void aLateSevenDayWarningShiftsTheOtherAndTheDeletion() {
    story.suspendedAt(march(2, "10:00")).stepDueAt(march(9, "10:00"));
    // Delivered on the 12th: seven whole days are the 13th to the 19th.
    story.warningDelivered(march(12, "15:00"));
    story.stepDueAt(march(18, "00:00")).warningDelivered(march(18, "00:00"));
    story.stepDueAt(march(20, "00:00"));
    assertThat(story.status.state()).isEqualTo(RELEASING);
  }

  @Test
  void aLateOneDayWarningShiftsTheDeletion() {
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    // Delivered on the 16th at 23:59: the one whole day is the 17th.
    story.stepDueAt(march(15, "10:00")).warningDelivered(march(16, "23:59"));
    story.stepDueAt(march(18, "00:00"));
  }

  @Test
  void aRetentionShorterThanTheLeadWarnsAtOnceAndWaits() {
    story.terms = new Terms(3, 0, Leads.DEFAULT);
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(2, "10:00")).warningDelivered(march(2, "10:00"));
    story.stepDueAt(march(8, "00:00")).warningDelivered(march(8, "00:00"));
    story.stepDueAt(march(10, "00:00"));
    assertThat(story.told(AccountEvent.DeletionScheduled.class))
        .extracting(AccountEvent.DeletionScheduled::deleteAt)
        .containsExactly(march(10, "00:00"), march(10, "00:00"));
  }

  @Test
  void theLeadsOfTheProductTimeTheWarningsAndArePromisedWithThePlan() {
    story.terms = new Terms(15, 0, new Leads(3, 0));
    story.suspendedAt(march(2, "10:00"));
    story.terms = Terms.DEFAULT;
    story.stepDueAt(march(13, "10:00")).warningDelivered(march(13, "10:00"));
    story.stepDueAt(march(16, "10:00")).warningDelivered(march(16, "10:00"));
    story.stepDueAt(march(17, "10:00"));
    assertThat(story.told(AccountEvent.DeletionScheduled.class))
        .extracting(AccountEvent.DeletionScheduled::leadDays)
        .containsExactly(3, 0);
  }

  @Test
  void warnedButPaidCancelsTheDeletionAndResumes() {
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    story.then(new Trigger.ArrearsCleared(march(16, "12:00")));
    assertThat(story.status.state()).isEqualTo(ACTIVE);
    assertThat(story.told(AccountEvent.DeletionCancelled.class)).hasSize(1);
    assertThat(story.next()).isEmpty();
  }

  @Test
  void onceTheReleaseCommandIsIssuedPaymentNoLongerStopsIt() {
    released(march(17, "10:00"));
    assertThat(story.tried(new Trigger.ArrearsCleared(march(17, "10:00"))))
        .isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void anotherEarliestBillMovesTheGrace() {
    story.owesSince(march(1, "10:00"));
    story.retimed(march(1, "22:00"), march(2, "09:00"));
    assertThat(story.told(AccountEvent.SuspensionScheduled.class))
        .extracting(AccountEvent.SuspensionScheduled::suspendAt)
        .containsExactly(march(2, "10:00"), march(2, "22:00"));
    assertThat(story.tried(new Trigger.GraceEnded(march(2, "10:00"))))
        .isInstanceOf(Outcome.Unchanged.class);
    story.stepDueAt(march(2, "22:00"));
  }

  @Test
  void anOlderBillThatIsOwedAgainSuspendsNotBeforeItIsKnown() {
    story.owesSince(march(5, "10:00"));
    story.retimed(march(1, "10:00"), march(5, "12:00"));
    story.stepDueAt(march(5, "12:00"));
  }

  @Test
  void anotherEarliestBillMovesTheDeletionAndItsWarnings() {
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    // The new earliest bill fell due on the 4th: its grace would have ended on the 5th.
    story.retimed(march(4, "10:00"), march(10, "08:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    assertThat(story.told(AccountEvent.DeletionCancelled.class)).hasSize(1);
    story.stepDueAt(march(12, "10:00")).warningDelivered(march(12, "10:00"));
    story.stepDueAt(march(18, "10:00")).warningDelivered(march(18, "10:00"));
    story.stepDueAt(march(20, "10:00"));
    assertThat(story.told(AccountEvent.DeletionScheduled.class))
        .extracting(AccountEvent.DeletionScheduled::warning)
        .containsExactly("vm-1:deletion:1:7", "vm-1:deletion:2:7", "vm-1:deletion:2:1");
  }

  @Test
  void aDeliveryOfAnOlderPlansWarningDoesNotCount() {
    story.suspendedAt(march(2, "10:00")).stepDueAt(march(9, "10:00"));
    story.retimed(march(4, "10:00"), march(9, "11:00"));
    assertThat(story.tried(new Trigger.WarningDelivered("vm-1:deletion:1:7", march(9, "12:00"))))
        .isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void forceMajeureLearntOfAfterTheSuspensionTakesItBackUntilTheGraceHasRun() {
    story.suspendedAt(march(2, "10:00"));
    story.then(new Trigger.GraceExcused(march(1, "10:00"), march(4, "10:00"), march(2, "12:00")));
    assertThat(story.status.state()).isEqualTo(IN_ARREARS);
    assertThat(story.status.deletion()).isEmpty();
    assertThat(story.commandKinds()).containsExactly(CommandKind.SUSPEND, CommandKind.RESUME);
    story.stepDueAt(march(4, "10:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
  }

  @Test
  void forceMajeureThatEndedTheGraceBeforeNowMovesTheDeletionOnly() {
    story.suspendedAt(march(2, "10:00"));
    story.then(new Trigger.GraceExcused(march(1, "10:00"), march(3, "10:00"), march(5, "12:00")));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    // Retained for 15 days from the 3rd: first warned 8 days before the 18th.
    story.stepDueAt(march(10, "10:00"));
  }

  @Test
  void holdsAddUpAndServiceResumesWhenNoneIsLeft() {
    story.hold(HoldCause.VIOLATION, march(1, "09:00")).hold(HoldCause.ATTACK, march(1, "09:30"));
    story.owesSince(march(1, "10:00")).stepDueAt(march(2, "10:00"));
    assertThat(story.status.allHolds())
        .containsExactlyInAnyOrder(HoldCause.ARREARS, HoldCause.VIOLATION, HoldCause.ATTACK);
    story.then(new Trigger.ArrearsCleared(march(3, "10:00")));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    assertThat(story.status.allHolds())
        .containsExactlyInAnyOrder(HoldCause.VIOLATION, HoldCause.ATTACK);
    story.lift(HoldCause.VIOLATION, march(4, "10:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    story.lift(HoldCause.ATTACK, march(5, "10:00"));
    assertThat(story.status.state()).isEqualTo(ACTIVE);
    assertThat(story.commandKinds()).containsExactly(CommandKind.SUSPEND, CommandKind.RESUME);
  }

  @Test
  void aRestrictionLimitsItWhileItRunsAndOutlivesASuspension() {
    story.restrict(HoldCause.BEYOND_SPECIFICATION, march(1, "08:00"));
    assertThat(story.status.state()).isEqualTo(ACTIVE);
    assertThat(story.status.isRestricted()).isTrue();
    story.hold(HoldCause.ATTACK, march(1, "09:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    story.lift(HoldCause.ATTACK, march(1, "10:00"));
    assertThat(story.status.isRestricted()).isTrue();
    story.restrict(HoldCause.OPERATOR, march(1, "11:00"));
    story.unrestrict(HoldCause.BEYOND_SPECIFICATION, march(1, "12:00"));
    assertThat(story.status.isRestricted()).isTrue();
    story.unrestrict(HoldCause.OPERATOR, march(1, "13:00"));
    assertThat(story.status).isEqualTo(Status.OPENED);
    assertThat(story.commandKinds())
        .containsExactly(
            CommandKind.RESTRICT, CommandKind.SUSPEND, CommandKind.RESUME, CommandKind.UNRESTRICT);
    assertThat(story.told(AccountEvent.HoldPlaced.class))
        .extracting(AccountEvent.HoldPlaced::effect)
        .containsExactly(HoldEffect.RESTRICT, HoldEffect.SUSPEND, HoldEffect.RESTRICT);
  }

  @Test
  void oneCauseMayBothRestrictAndSuspend() {
    story
        .restrict(HoldCause.OPERATOR, march(1, "08:00"))
        .hold(HoldCause.OPERATOR, march(1, "09:00"));
    story.unrestrict(HoldCause.OPERATOR, march(1, "10:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    assertThat(story.status.isRestricted()).isFalse();
  }

  @Test
  void aHoldLiftedWithinTheGraceResumesInArrears() {
    story.hold(HoldCause.OPERATOR, march(1, "09:00")).owesSince(march(1, "10:00"));
    assertThat(story.told(AccountEvent.SuspensionScheduled.class)).isEmpty();
    story.lift(HoldCause.OPERATOR, march(1, "20:00"));
    assertThat(story.status.state()).isEqualTo(IN_ARREARS);
    assertThat(story.told(AccountEvent.SuspensionScheduled.class))
        .extracting(AccountEvent.SuspensionScheduled::suspendAt)
        .containsExactly(march(2, "10:00"));
  }

  @Test
  void anAccountsHoldCountsBesideTheInstancesOwn() {
    story.hold(HoldCause.VIOLATION, march(1, "09:00"));
    story.then(
        new Trigger.HoldPlaced(
            HoldScope.ACCOUNT,
            HoldCause.VIOLATION,
            HoldEffect.SUSPEND,
            "all of it",
            march(1, "10:00")));
    story.lift(HoldCause.VIOLATION, march(1, "11:00"));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    story.then(
        new Trigger.HoldLifted(
            HoldScope.ACCOUNT,
            HoldCause.VIOLATION,
            HoldEffect.SUSPEND,
            "settled",
            march(1, "12:00")));
    assertThat(story.status.state()).isEqualTo(ACTIVE);
    assertThat(story.told(AccountEvent.HoldPlaced.class)).hasSize(1);
  }

  @Test
  void nobodyPlacesOrLiftsTheArrearsHoldByHand() {
    story.suspendedAt(march(2, "10:00"));
    assertThat(
            story.tried(
                new Trigger.HoldLifted(
                    HoldScope.INSTANCE,
                    HoldCause.ARREARS,
                    HoldEffect.SUSPEND,
                    "please",
                    march(3, "10:00"))))
        .isEqualTo(new Outcome.Refused(Refusal.ARREARS_HOLD_FOLLOWS_THE_DEBT, new RuleId("C7.3")));
  }

  @Test
  void aTerminatedInstanceIsKeptForRetentionWhateverIsPaid() {
    story.owesSince(march(1, "10:00"));
    story.then(terminated(Clearing.AFTER_RETENTION, march(1, "12:00")));
    story.then(new Trigger.ArrearsCleared(march(1, "13:00")));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    assertThat(story.commandKinds()).containsExactly(CommandKind.SUSPEND);
    story.stepDueAt(march(8, "12:00")).warningDelivered(march(8, "12:00"));
    story.stepDueAt(march(14, "12:00")).warningDelivered(march(14, "12:00"));
    story.stepDueAt(march(16, "12:00"));
    assertThat(story.status.state()).isEqualTo(RELEASING);
  }

  @Test
  void aSeriousViolationClearsTheDataAtOnce() {
    story.then(terminated(Clearing.AT_ONCE, march(1, "12:00")));
    assertThat(story.status.state()).isEqualTo(RELEASING);
    assertThat(story.commandKinds()).containsExactly(CommandKind.RELEASE);
  }

  @Test
  void aCustomersReleaseDeletesAtOnceWithoutRetention() {
    story.then(new Trigger.ReleaseRequested(march(1, "12:00")));
    assertThat(story.commands)
        .containsExactly(
            new WantedCommand(CommandKind.RELEASE, march(1, "12:00"), new RuleId("C4.1.4")));
  }

  @Test
  void backupsOutliveTheCustomersReleaseByItsRuleForTheInstance() {
    story.terms = new Terms(15, 3, Leads.DEFAULT);
    story.then(new Trigger.BackupRuleSet(Optional.of(30), march(1, "08:00")));
    story.then(new Trigger.ReleaseRequested(march(1, "12:00")));
    assertThat(story.commands)
        .containsExactly(
            new WantedCommand(
                CommandKind.RELEASE,
                march(1, "12:00"),
                new RuleId("C4.1.4"),
                Optional.of(march(31, "12:00"))));
    story.then(new Trigger.ReleaseAcknowledged(march(1, "12:05")));
    story.stepDueAt(march(31, "12:00"));
    assertThat(story.commandKinds())
        .containsExactly(CommandKind.RELEASE, CommandKind.DELETE_BACKUPS);
    assertThat(story.status.state()).isEqualTo(RELEASED);
    assertThat(story.next()).isEmpty();
  }

  @Test
  void withoutARuleOfTheCustomersTheProductsCounts() {
    story.terms = new Terms(15, 3, Leads.DEFAULT);
    story.then(new Trigger.ReleaseRequested(march(1, "12:00")));
    // The data may take longer to delete than its backups are kept.
    story.stepDueAt(march(4, "12:00"));
    assertThat(story.status.state()).isEqualTo(RELEASING);
    story.then(new Trigger.ReleaseAcknowledged(march(5, "00:00")));
    assertThat(story.status.state()).isEqualTo(RELEASED);
  }

  @Test
  void deletionAfterRetentionAndForAViolationTakesTheBackupsAsWell() {
    story.then(new Trigger.BackupRuleSet(Optional.of(30), march(1, "08:00")));
    released(march(17, "10:00"));
    assertThat(story.commands.getLast().backupsKeptUntil()).isEmpty();
    assertThat(story.next()).isEmpty();
    Story violation = new Story();
    violation.then(new Trigger.BackupRuleSet(Optional.of(30), march(1, "08:00")));
    violation.then(terminated(Clearing.AT_ONCE, march(1, "12:00")));
    assertThat(violation.commands.getLast().backupsKeptUntil()).isEmpty();
  }

  @Test
  void aLegalHoldForbidsEveryWayOfDeleting() {
    story.then(new Trigger.LegalHoldPlaced("a lawsuit", march(1, "08:00")));
    assertThat(story.tried(new Trigger.ReleaseRequested(march(1, "09:00"))))
        .isEqualTo(new Outcome.Refused(Refusal.LEGAL_HOLD, new RuleId("C4.1.4")));
    story.suspendedAt(march(2, "10:00"));
    assertThat(story.next()).isEmpty();
    story.then(terminated(Clearing.AT_ONCE, march(3, "10:00")));
    assertThat(story.status.state()).isEqualTo(SUSPENDED);
    story.then(new Trigger.LegalHoldLifted("settled", march(20, "10:00")));
    assertThat(story.status.state()).isEqualTo(RELEASING);
  }

  @Test
  void afterALegalHoldTheCustomerIsWarnedAgain() {
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    story.stepDueAt(march(15, "10:00")).warningDelivered(march(15, "10:00"));
    story.then(new Trigger.LegalHoldPlaced("a lawsuit", march(16, "10:00")));
    assertThat(story.told(AccountEvent.DeletionCancelled.class)).hasSize(1);
    assertThat(story.next()).isEmpty();
    story.then(new Trigger.LegalHoldLifted("settled", march(20, "10:00")));
    story.stepDueAt(march(20, "10:00")).warningDelivered(march(20, "10:00"));
    story.stepDueAt(march(26, "00:00")).warningDelivered(march(26, "00:00"));
    story.stepDueAt(march(28, "00:00"));
  }

  private void released(Instant at) {
    story.suspendedAt(march(2, "10:00"));
    story.stepDueAt(march(9, "10:00")).warningDelivered(march(9, "10:00"));
    story.stepDueAt(march(15, "10:00")).warningDelivered(march(15, "10:00"));
    story.stepDueAt(at);
  }

  private static Trigger terminated(Clearing clearing, Instant at) {
    return new Trigger.Terminated("serious violation", clearing, VIOLATION, at);
  }
}
