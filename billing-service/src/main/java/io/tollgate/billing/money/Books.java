package io.tollgate.billing.money;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The working state of one account. A movement changes it by exactly the legs that {@link #apply}
 * returns.
 *
 * <p>Used by one thread, while the account is locked.
 */
public final class Books {
  private final Pots pots;
  private final Deque<Coverage> coverages = new ArrayDeque<>();
  private final Map<BillId, Instant> dueTimes = new HashMap<>();
  private final boolean fromTheBeginning;
  private Money creditLimit;

  /** What money has paid, newest first: a reversal takes it back in this order. */
  private record Coverage(SubAccount of, BillId bill, Money amount) {}

  /**
   * The books of a stored account. They do not know what money paid before, so they cannot reverse
   * it; replayed books can.
   */
  public Books(Balances stored) {
    this(stored, false);
  }

  private Books(Balances stored, boolean fromTheBeginning) {
    this.fromTheBeginning = fromTheBeginning;
    this.creditLimit = stored.creditLimit();
    this.pots = new Pots(stored.currency(), stored.pots());
  }

  /** The books at a checkpoint; only from the beginning do they know all that money paid. */
  static Books from(Checkpoint checkpoint) {
    return new Books(checkpoint.balances(), checkpoint.isBeginning());
  }

  /** What the account has and owes after the movements applied so far. */
  public Balances balances() {
    return new Balances(creditLimit, pots.all());
  }

  /**
   * Applies a movement.
   *
   * @return the amounts it moved, by sub-account and bill; empty if it moved nothing
   * @throws HistoryTooShortException if it reverses what was paid before these books begin, or
   *     uncovers a bill that was booked before them and whose due time they do not know
   * @throws IllegalStateException if it reverses more than ever came in
   */
  public List<Leg> apply(Movement movement) {
    return switch (movement) {
      case Movement.Charge charge -> {
        dueTimes.put(charge.bill(), charge.dueAt());
        yield charge(
            new Pot.Principal(charge.bill(), charge.dueAt()), charge.amount(), charge.valueTime());
      }
      case Movement.Receipt receipt -> receive(receipt.amount(), receipt.order());
      case Movement.Reversal reversal -> reverse(reversal);
      case Movement.CreditLimit limit -> limitCredit(limit.limit(), limit.valueTime());
    };
  }

  /**
   * Charges an amount: pots pay it in the order of deduction, and the rest is owed (section 4).
   *
   * @param owed the pot in which the rest is owed
   * @param at when it is charged; draws on credit are dated by it
   */
  private List<Leg> charge(Pot.OfBill owed, Money amount, Instant at) {
    List<Leg> legs = new ArrayList<>(3);
    Money rest = amount;
    for (Pot source : pots.inOrderOfDeduction(owed, at)) {
      Money paid = source.gives(rest, pots.in(source), creditLeft());
      if (paid.isPositive()) {
        pots.add(source, paid.negated());
        addOrMerge(legs, Leg.of(source.part(), owed.bill(), paid.negated()));
        rest = rest.minus(paid);
        if (source instanceof Pot.Funds) {
          cover(SubAccount.FUNDS, owed.bill(), paid);
        }
      }
    }
    return legs;
  }

  private Money creditLeft() {
    return creditLimit.plus(pots.total(SubAccount.CREDIT)).orZero();
  }

  /**
   * Distributes money that comes in over the pots, in the order of payment (C2.2).
   *
   * @param order which part of a bill it pays first
   */
  List<Leg> receive(Money amount, AllocationOrder order) {
    List<Leg> legs = new ArrayList<>();
    Money rest = amount;
    for (Pot pot : pots.inOrderOfPayment(order)) {
      Money taken = pot.takes(rest, pots.in(pot));
      if (taken.isPositive()) {
        pots.add(pot, taken);
        addOrMerge(legs, new Leg(pot.part(), pot.concerns(), taken));
        rest = rest.minus(taken);
      }
    }
    for (Leg leg : legs) {
      leg.bill().ifPresent(bill -> cover(leg.subAccount(), bill, leg.amount()));
    }
    return legs;
  }

  /** Successive pots of the same bill and sub-account make one leg. */
  private static void addOrMerge(List<Leg> legs, Leg next) {
    if (!legs.isEmpty() && legs.getLast().isOfSamePart(next)) {
      Leg last = legs.removeLast();
      legs.add(new Leg(last.subAccount(), last.bill(), last.amount().plus(next.amount())));
    } else {
      legs.add(next);
    }
  }

  /**
   * Takes back money that had come in: from funds first, then by undoing what it paid, newest
   * first. What is unpaid then draws credit up to the limit, and the rest is owed from now on, or
   * from the bill's due time where that is still to come (C2.2, C2.3).
   */
  private List<Leg> reverse(Movement.Reversal reversal) {
    Money amount = reversal.amount();
    List<Leg> legs = new ArrayList<>();
    Money fromFunds = amount.min(pots.total(SubAccount.FUNDS));
    if (fromFunds.isPositive()) {
      pots.add(new Pot.Funds(), fromFunds.negated());
      legs.add(Leg.of(SubAccount.FUNDS, fromFunds.negated()));
    }
    Money rest = amount.minus(fromFunds);
    while (rest.isPositive() && !coverages.isEmpty()) {
      Coverage newest = coverages.pop();
      Money taken = rest.min(newest.amount());
      if (taken.compareTo(newest.amount()) < 0) {
        cover(newest.of(), newest.bill(), newest.amount().minus(taken));
      }
      unwind(newest, taken, reversal, legs);
      rest = rest.minus(taken);
    }
    if (rest.isPositive() && !fromTheBeginning) {
      throw new HistoryTooShortException();
    }
    if (rest.isPositive()) {
      throw new IllegalStateException("more is reversed than ever came in: " + rest);
    }
    return legs;
  }

  private void unwind(Coverage coverage, Money amount, Movement.Reversal reversal, List<Leg> legs) {
    BillId bill = coverage.bill();
    Instant at = reversal.valueTime();
    Pot.OfBill owed =
        coverage.of() == SubAccount.PENALTY
            ? new Pot.Penalty(bill, pots.owedSince().getOrDefault(bill, at))
            : new Pot.Principal(bill, owedFrom(bill, reversal));
    legs.addAll(charge(owed, amount, at));
  }

  private Instant owedFrom(BillId bill, Movement.Reversal reversal) {
    return switch (reversal.uncovered()) {
      case FROM_REVERSAL -> reversal.valueTime();
      case FROM_DUE_TIME -> later(reversal.valueTime(), dueTime(bill));
    };
  }

  /** A pot does not tell it: what an earlier reversal uncovered may be owed from another time. */
  private Instant dueTime(BillId bill) {
    Instant dueTime = dueTimes.get(bill);
    if (dueTime == null) {
      throw new HistoryTooShortException();
    }
    return dueTime;
  }

  /**
   * Sets the credit limit. A raised limit covers unpaid principal at once, oldest due time first,
   * and never a penalty; a lowered one takes back no draw (section 4).
   */
  private List<Leg> limitCredit(Money limit, Instant at) {
    creditLimit = limit;
    List<Leg> legs = new ArrayList<>();
    for (Map.Entry<Pot, Money> each : pots.of(SubAccount.PRINCIPAL).entrySet()) {
      Pot owed = each.getKey();
      BillId bill = owed.concerns().orElseThrow();
      Pot.Drawn drawn = new Pot.Drawn(bill, at);
      Money covered = drawn.gives(each.getValue().negated(), pots.in(drawn), creditLeft());
      if (covered.isPositive()) {
        pots.add(owed, covered);
        pots.add(drawn, covered.negated());
        legs.add(Leg.of(SubAccount.PRINCIPAL, bill, covered));
        legs.add(Leg.of(SubAccount.CREDIT, bill, covered.negated()));
      }
    }
    return legs;
  }

  /** The earliest due time of an unpaid bill; {@link Instant#MAX} if there is none. */
  Instant earliestDue() {
    return pots.earliest(SubAccount.PRINCIPAL);
  }

  /**
   * Accrues the penalty of one natural day: a share of the principal that is owed at its end, of
   * each bill that fell due on an earlier day (C2.3). A penalty that rounds to 0 is left out.
   */
  List<PenaltyDay> accrue(LocalDate day, PenaltyTerms terms) {
    Instant dayStart = terms.calendar().startOf(day);
    Map<BillId, Money> principals = new LinkedHashMap<>();
    pots.forEach(
        SubAccount.PRINCIPAL,
        (pot, amount) -> {
          if (pot.since().isBefore(dayStart)) {
            principals.merge(pot.concerns().orElseThrow(), amount.negated(), Money::plus);
          }
        });
    Map<BillId, Instant> owedSince = pots.owedSince();
    List<PenaltyDay> days = new ArrayList<>(principals.size());
    principals.forEach(
        (bill, principal) -> {
          BigDecimal rate = terms.rates().on(bill, day);
          Money amount = Money.rounded(principal.amount().multiply(rate), principal.currency());
          if (amount.isPositive()) {
            Instant since = owedSince.getOrDefault(bill, dayStart);
            pots.add(new Pot.Penalty(bill, since), amount.negated());
            days.add(new PenaltyDay(bill, day, principal, amount));
          }
        });
    return days;
  }

  private void cover(SubAccount of, BillId bill, Money amount) {
    coverages.push(new Coverage(of, bill, amount));
  }
}
