package io.tollgate.billing.journal;

import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Carries documents that move money through their states: request, decision, booking, reversal.
 * Every method runs inside the request's transaction, under the account's lock; the row of a
 * document is kept by its own repository.
 */
@Component
public class MoneyDocuments {
  private final Ledger ledger;
  private final AuditTrail trail;
  private final BusinessClock clock;

  MoneyDocuments(Ledger ledger, AuditTrail trail, BusinessClock clock) {
    this.ledger = ledger;
    this.trail = trail;
    this.clock = clock;
  }

  /** Locks an account: whoever decides about its documents holds it. */
  public OpenAccount lock(AccountId account) {
    return ledger.lockOne(account, clock.now());
  }

  /**
   * Carries out somebody's decision about a document, once: a repetition that says the same is
   * answered with what it came to.
   *
   * @param document locked, or of a locked account
   * @param wanted where the decision brings it
   * @param saysTheSame whether a document that is there already was brought there by this very
   *     decision
   * @param carryOut does it, and answers with the document as it is then
   * @throws ProblemException 403 for who asked for it, where somebody else has to decide; 409
   *     {@link MoneyDocument#decidedProblem} when it was decided otherwise
   */
  public <D extends MoneyDocument> D decide(
      D document,
      DocumentState wanted,
      String who,
      Predicate<D> saysTheSame,
      UnaryOperator<D> carryOut) {
    if (document.onlyAnotherThan().filter(who::equals).isPresent()) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "second-person-needed", "whoever entered it cannot decide on it");
    }
    return switch (document.state().toward(wanted)) {
      case DUE -> carryOut.apply(document);
      case DONE -> {
        if (!saysTheSame.test(document)) {
          throw decided(document);
        }
        yield document;
      }
      case REFUSED -> throw decided(document);
    };
  }

  private static ProblemException decided(MoneyDocument document) {
    return ProblemException.conflict(
        document.decidedProblem(),
        "it is already " + document.state() + ", which cannot be changed");
  }

  /**
   * Books what a document moves, publishes its event and stores both.
   *
   * @param at when it is booked; {@link OpenAccount#book} may make it later
   * @param event what is published of it
   */
  public Booked book(
      OpenAccount account, Booking booking, Instant at, Function<Booked, BillingEvent> event) {
    Booked booked = account.book(booking, at);
    account.publish(event.apply(booked));
    ledger.store(List.of(account));
    return booked;
  }

  /** Notes in the audit trail what somebody did with a document. */
  public void record(MoneyDocument document, String who, String what, String reason) {
    trail.record(
        new AuditEntry(
            who,
            document.owner(),
            document.documentKind(),
            document.documentId(),
            what,
            document.authorisedBy().value(),
            reason));
  }
}
