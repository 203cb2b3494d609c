package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is booked on an account in one transaction, until it is stored. */
final class Journal {
  private final List<BookedMovement> movements = new ArrayList<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<Bill> bills = new ArrayList<>();
  private final List<PenaltyDay> penaltyDays = new ArrayList<>();
  private long nextSequence;
  private Instant lastMovementAt;

  Journal(long nextSequence, Instant lastMovementAt) {
    this.nextSequence = nextSequence;
    this.lastMovementAt = lastMovementAt;
  }

  /** Adds a movement that bears {@link #nextSequence}. */
  void move(Movement movement, Instant bookedAt, RuleId rule) {
    movements.add(new BookedMovement(movement, bookedAt, rule));
    nextSequence++;
    lastMovementAt = bookedAt.isAfter(lastMovementAt) ? bookedAt : lastMovementAt;
  }

  /** Posts what a cause moves. */
  void post(Cause cause, List<Leg> legs, Origin origin, Instant bookedAt) {
    for (Leg leg : legs) {
      postings.add(new Posting(cause, leg, origin.valueTime(), bookedAt, origin.rule(), ""));
    }
  }

  /** Posts the differences of a recomputation. */
  void correct(List<Posting> differences) {
    if (!postings.isEmpty()) {
      throw new IllegalStateException("an account is resettled before anything else is booked");
    }
    postings.addAll(differences);
  }

  void bill(Bill bill) {
    bills.add(bill);
  }

  void penalty(PenaltyDay day) {
    penaltyDays.add(day);
  }

  List<BookedMovement> movements() {
    return movements;
  }

  List<Posting> postings() {
    return postings;
  }

  List<Bill> bills() {
    return bills;
  }

  List<PenaltyDay> penaltyDays() {
    return penaltyDays;
  }

  /** The sequence that the next movement takes. */
  long nextSequence() {
    return nextSequence;
  }

  Instant lastMovementAt() {
    return lastMovementAt;
  }
}
