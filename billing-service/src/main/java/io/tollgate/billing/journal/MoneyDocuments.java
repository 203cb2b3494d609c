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
   * Whether a decision is still to be carried out; a repeated one changes nothing.
   *
   * @throws ProblemException 409 {@link MoneyDocument#decidedProblem} when it was decided otherwise
   */
  public static boolean isDue(MoneyDocument document, DocumentState wanted) {
    return switch (document.state().toward(wanted)) {
      case DUE -> true;
      case DONE -> false;
      case REFUSED -> throw decided(document);
    };
  }

  /** 409: it stands where it was decided to stand. */
  public static ProblemException decided(MoneyDocument document) {
    return ProblemException.conflict(
        document.decidedProblem(),
        "it is already " + document.state() + ", which cannot be changed");
  }

  /**
   * Two people move money that one may not.
   *
   * @throws ProblemException 403 when who decides is who requested
   */
  public static void requireSecondPerson(String requestedBy, String decidedBy) {
    if (requestedBy.equals(decidedBy)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN, "second-person-needed", "whoever entered it cannot decide on it");
    }
  }

  /**
   * Books what a document moves, tells of it and stores both.
   *
   * @param at when it is booked; {@link OpenAccount#book} may make it later
   * @param event what is told of it
   */
  public Booked book(
      OpenAccount account, Booking booking, Instant at, Function<Booked, BillingEvent> event) {
    Booked booked = account.book(booking, at);
    account.tell(event.apply(booked));
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
