package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is booked on an account in one transaction, until it is stored. */
final class Entries {
  private final List<BookedMovement> movements = new ArrayList<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<Bill> bills = new ArrayList<>();
  private final List<PenaltyDay> penaltyDays = new ArrayList<>();
  private final Map<BillId, Money> takenOff = new LinkedHashMap<>();
  private boolean resettled;

  void move(Movement movement, Instant bookedAt, RuleId rule) {
    movements.add(new BookedMovement(movement, bookedAt, rule));
  }

  /** Posts what a cause moves. */
  void post(Cause cause, List<Leg> legs, Origin origin, Instant bookedAt) {
    for (Leg leg : legs) {
      postings.add(new Posting(cause, leg, origin.valueTime(), bookedAt, origin.rule(), ""));
    }
  }

  /** Posts the differences of a recomputation, which has computed every penalty day anew. */
  void resettle(List<Posting> differences, List<PenaltyDay> days) {
    postings.addAll(differences);
    penaltyDays.clear();
    penaltyDays.addAll(days);
    resettled = true;
  }

  void bill(Bill bill) {
    bills.add(bill);
  }

  /** Takes a correction downward off a bill. */
  void takeOff(BillId bill, Money amount) {
    takenOff.merge(bill, amount, Money::plus);
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

  /** What corrections take off bills. */
  Map<BillId, Money> takenOff() {
    return takenOff;
  }

  /** Whether the penalty days replace all stored ones. */
  boolean isResettled() {
    return resettled;
  }
}
