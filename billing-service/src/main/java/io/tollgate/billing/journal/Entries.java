package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.Replay;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is booked on an account in one transaction, until it is stored. */
final class Entries {
  private final List<BookedMovement> movements = new ArrayList<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<Bill> bills = new ArrayList<>();
  private final List<PenaltyDay> penaltyDays = new ArrayList<>();
  private final Map<BillId, Money> takenOff = new LinkedHashMap<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private @Nullable Resettled resettled;

  /**
   * What a recomputation replaces: stored checkpoints after one, and penalties from a day on.
   *
   * @param from where it began
   * @param firstDay the first day that it has computed
   */
  record Resettled(Checkpoint from, LocalDate firstDay) {}

  void move(Movement movement, Instant bookedAt, RuleId rule) {
    movements.add(new BookedMovement(movement, bookedAt, rule));
  }

  /** Posts what a cause moves. */
  void post(Cause cause, List<Leg> legs, Origin origin, Instant bookedAt) {
    for (Leg leg : legs) {
      postings.add(new Posting(cause, leg, origin.valueTime(), bookedAt, origin.rule(), ""));
    }
  }

  /**
   * Posts the differences of a recomputation, which has computed penalty days and checkpoints anew.
   *
   * @param from where it began
   * @param firstDay the first day that it has computed
   */
  void resettle(
      Checkpoint from, LocalDate firstDay, List<Posting> differences, Replay.Result result) {
    postings.addAll(differences);
    penaltyDays.removeIf(day -> !day.day().isBefore(firstDay));
    penaltyDays.addAll(result.penalties());
    checkpoints.removeIf(checkpoint -> checkpoint.sequence() > from.sequence());
    checkpoints.addAll(result.checkpoints());
    if (resettled == null || from.sequence() <= resettled.from().sequence()) {
      resettled = new Resettled(from, firstDay);
    }
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

  /** Checkpoints that recomputations have made. */
  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** Where the recomputation began that reached back furthest, if there was any. */
  Optional<Resettled> resettled() {
    return Optional.ofNullable(resettled);
  }
}
