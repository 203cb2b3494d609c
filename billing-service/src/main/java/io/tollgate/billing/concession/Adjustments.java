package io.tollgate.billing.concession;

import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.MoneyDocuments;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.agreement.PolicyValue;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Books what operators adjust, or lets it wait for a second one; every method runs inside the
 * request's transaction, under the account's lock.
 */
@Component
class Adjustments {
  private final JdbcAdjustments repository;
  private final MoneyDocuments documents;
  private final Policies policies;
  private final BusinessClock clock;

  Adjustments(
      JdbcAdjustments repository,
      MoneyDocuments documents,
      Policies policies,
      BusinessClock clock) {
    this.repository = repository;
    this.documents = documents;
    this.policies = policies;
    this.clock = clock;
  }

  /** Locks an account: whoever decides about its adjustments holds it. */
  OpenAccount open(AccountId account) {
    return documents.lock(account);
  }

  /** Gives the account money: at once, or when a second person agrees. */
  Adjustment credit(
      OpenAccount account, AdjustmentId id, Money amount, RuleId rule, String reason, String who) {
    return enter(
        account,
        Adjustment.entered(
            id,
            account.id(),
            Adjustment.Kind.CREDIT,
            amount,
            rule,
            reason,
            Optional.empty(),
            needsApproval(amount, who),
            who,
            clock.now()));
  }

  /** Undoes a booked credit, the whole of it. */
  Adjustment takeBack(
      OpenAccount account, AdjustmentId id, AdjustmentId credit, String reason, String who) {
    Adjustment given = find(account.id(), credit);
    if (given.kind() != Adjustment.Kind.CREDIT || given.state() != DocumentState.BOOKED) {
      throw ProblemException.conflict(
          "adjustment-not-booked", "only a booked credit can be reversed");
    }
    if (repository.isTakenBack(account.id(), credit)) {
      throw ProblemException.conflict(
          "adjustment-taken-back", "it has been reversed, or its reversal is pending");
    }
    return enter(
        account,
        Adjustment.entered(
            id,
            account.id(),
            Adjustment.Kind.TAKEN_BACK,
            given.amount(),
            given.rule(),
            reason,
            Optional.of(credit),
            needsApproval(given.amount(), who),
            who,
            clock.now()));
  }

  private Adjustment enter(OpenAccount account, Adjustment entered) {
    repository.insert(entered);
    if (entered.needsApproval()) {
      record(entered, entered.requestedBy(), "entered, awaits a second person", entered.reason());
      return entered;
    }
    record(entered, entered.requestedBy(), "entered and booked", entered.reason());
    return book(account, entered, Optional.empty());
  }

  /**
   * Lets a second person agree; the money moves now.
   *
   * @throws ProblemException 403 for who entered it, 409 when somebody else has decided
   */
  Adjustment approve(AccountId owner, AdjustmentId id, String who) {
    OpenAccount account = open(owner);
    return documents.decide(
        find(owner, id),
        DocumentState.BOOKED,
        who,
        decided -> decided.decidedBy().filter(who::equals).isPresent(),
        waiting -> {
          record(waiting, who, "entered by another person, approved and booked", waiting.reason());
          return book(account, waiting, Optional.of(who));
        });
  }

  /**
   * Lets a second person refuse; nothing moves.
   *
   * @throws ProblemException 403 for who entered it, 409 when somebody else has decided, or it was
   *     rejected for another reason
   */
  Adjustment reject(AccountId owner, AdjustmentId id, String why, String who) {
    var unusedLock = open(owner);
    return documents.decide(
        find(owner, id),
        DocumentState.REJECTED,
        who,
        decided ->
            decided.decidedBy().filter(who::equals).isPresent()
                && decided.rejection().filter(why::equals).isPresent(),
        waiting -> {
          repository.markRejected(waiting, who, why, clock.now());
          record(waiting, who, "entered by another person, rejected", why);
          return find(owner, id);
        });
  }

  private Adjustment book(OpenAccount account, Adjustment adjustment, Optional<String> by) {
    Booking booking =
        switch (adjustment.kind()) {
          case CREDIT ->
              new Booking.Received(
                  adjustment.cause(), adjustment.amount(), Optional.empty(), adjustment.rule());
          case TAKEN_BACK ->
              new Booking.TakenBack(adjustment.cause(), adjustment.amount(), adjustment.rule());
        };
    Instant bookedAt =
        documents
            .book(account, booking, clock.now(), booked -> event(adjustment, booked.at()))
            .at();
    repository.markBooked(adjustment, by, bookedAt);
    return find(account.id(), adjustment.adjustment());
  }

  private static BillingEvent event(Adjustment adjustment, Instant at) {
    return new BillingEvent.AdjustmentBooked(
        adjustment.account(),
        adjustment.adjustment(),
        switch (adjustment.kind()) {
          case CREDIT -> BillingEvent.AdjustmentKind.CREDITED;
          case TAKEN_BACK -> BillingEvent.AdjustmentKind.TAKEN_BACK;
        },
        adjustment.amount(),
        at,
        adjustment.rule());
  }

  /** Whoever has set the limit is not freed by it: one person would have been enough. */
  private boolean needsApproval(Money amount, String who) {
    PolicyValue<ApprovalLimits> limits = policies.value(ApprovalLimits.POLICY, clock.now());
    return limits.value().needApproval(amount) || limits.author().filter(who::equals).isPresent();
  }

  private Adjustment find(AccountId account, AdjustmentId id) {
    return repository
        .find(account, id)
        .orElseThrow(() -> ProblemException.notFound("adjustment " + id));
  }

  private void record(Adjustment adjustment, String who, String what, String reason) {
    documents.record(
        adjustment,
        who,
        "%s of %s %s".formatted(adjustment.kind(), adjustment.amount(), what),
        reason);
  }
}
