package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.Replay;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A locked account, and everything that is booked on it in one transaction.
 *
 * <p>All money moves through {@link #book}, so that movements, postings, balances, penalties and
 * events agree. {@link Ledger#store} stores them; the account must not be used after that.
 */
public final class OpenAccount {
  private final StoredAccount stored;
  private final Pasts pasts;
  private final AccountState state;
  private final Entries entries = new Entries();
  private final AccountEvents events;
  private final Recomputation recomputation;

  /**
   * Opens a stored account.
   *
   * @param pasts reads its history if it has to be recomputed
   */
  OpenAccount(StoredAccount stored, Pasts pasts) {
    this.stored = stored;
    this.pasts = pasts;
    this.state = new AccountState(stored);
    this.events = new AccountEvents(stored);
    this.recomputation = new Recomputation(stored, pasts, state, entries, events);
  }

  public AccountId id() {
    return stored.id();
  }

  public int partition() {
    return stored.partition();
  }

  public CurrencyCode currency() {
    return balances().currency();
  }

  /** What it has and owes after everything booked so far. */
  public Balances balances() {
    return state.balances();
  }

  /** The earliest instant from this one on at which something may be booked. */
  public Instant notBeforeLast(Instant at) {
    return state.notBeforeLast(at);
  }

  /**
   * Books what happened. Recomputes the account if that changes something that is booked or accrued
   * already, and then posts the differences only.
   *
   * @param at when it is booked; moved later if something is booked or accrued after that
   * @throws IllegalArgumentException if money takes effect after it is booked
   * @throws IllegalStateException if more is taken back than ever came in
   */
  public Booked book(Booking booking, Instant at) {
    return switch (booking) {
      case Booking.Billed billed -> bill(billed.bill(), at);
      case Booking.Corrected corrected -> correct(corrected, notBeforeLast(at));
      case Booking.Received received -> receive(received, notBeforeLast(at));
      case Booking.TakenBack back -> takeBack(back, notBeforeLast(at));
      case Booking.CreditLimited limited -> limitCredit(limited.limit(), notBeforeLast(at));
      case Booking.DaysEnded days -> {
        accrueTo(at);
        yield new Booked(at, List.of());
      }
      case Booking.DaysExcused excused -> {
        Instant bookedAt = notBeforeLast(at);
        var unused =
            recomputation.run(
                recomputation.past(Reach.from(excused.from())), excused.reason(), bookedAt);
        yield new Booked(bookedAt, List.of());
      }
    };
  }

  private Booked bill(Bill.Draft draft, Instant at) {
    boolean charge = draft.kind() == Bill.Kind.CYCLE && !draft.amount().isNegative();
    Bill bill = draft.bookedAt(charge ? state.chargedNotBefore(at) : notBeforeLast(at));
    entries.bill(bill);
    stored.terms().products().put(bill.id(), bill.product());
    List<Leg> legs = move(bill.movement(nextSequence(), order()), Rules.DEDUCTION, bill.bookedAt());
    events.booked(bill, legs);
    publishArrears(bill.bookedAt());
    return new Booked(bill.bookedAt(), legs);
  }

  private Booked correct(Booking.Corrected corrected, Instant bookedAt) {
    List<Bill> bills = corrected.bills().stream().map(draft -> draft.bookedAt(bookedAt)).toList();
    Past past = recomputation.past(Reach.ofCorrections(bills, bookedAt));
    Map<Bill, Money> beyond = new HashMap<>();
    for (Bill bill : bills) {
      entries.bill(bill);
      events.adjusted(bill);
      Past.Correction correction = past.correct(bill);
      correction.takenOff().forEach(entries::takeOff);
      beyond.put(bill, correction.beyond());
      past = correction.past();
    }
    var unused = recomputation.run(past, corrected.reason(), bookedAt);
    for (Bill bill : bills) {
      Money excess = beyond.getOrDefault(bill, Money.zero(currency()));
      if (excess.isPositive()) {
        receive(
            new Booking.Received(bill.cause(), excess, Optional.empty(), Rules.DEDUCTION),
            bookedAt);
      }
    }
    return new Booked(bookedAt, List.of());
  }

  private Booked receive(Booking.Received received, Instant bookedAt) {
    Instant valueTime = received.valueTime().orElse(bookedAt);
    if (valueTime.isAfter(bookedAt)) {
      throw new IllegalArgumentException(
          "%s counts from %s, after it is booked".formatted(received.cause(), valueTime));
    }
    Movement.Receipt receipt =
        new Movement.Receipt(
            received.cause(), nextSequence(), valueTime, received.amount(), order());
    if (valueTime.isBefore(notBeforeLast(valueTime))) {
      String reason = received.cause() + " counts from " + valueTime;
      return new Booked(bookedAt, moveInThePast(receipt, received.rule(), bookedAt, reason));
    }
    List<Leg> legs = move(receipt, received.rule(), bookedAt);
    publishArrears(bookedAt);
    return new Booked(bookedAt, legs);
  }

  /** Always recomputes: only the history knows what the money paid. */
  private Booked takeBack(Booking.TakenBack back, Instant bookedAt) {
    Movement reversal =
        new Movement.Reversal(back.cause(), nextSequence(), bookedAt, back.amount());
    return new Booked(
        bookedAt, moveInThePast(reversal, back.rule(), bookedAt, back.cause() + " takes back"));
  }

  private Booked limitCredit(Money limit, Instant bookedAt) {
    Cause cause = Cause.creditLimit(nextSequence());
    List<Leg> legs =
        move(
            new Movement.CreditLimit(cause, nextSequence(), bookedAt, limit),
            Rules.RECHARGE,
            bookedAt);
    publishArrears(bookedAt);
    return new Booked(bookedAt, legs);
  }

  /** Books a movement that changes nothing that is booked already. */
  private List<Leg> move(Movement movement, RuleId rule, Instant bookedAt) {
    accrueTo(movement.valueTime());
    List<Leg> legs = state.apply(movement, bookedAt);
    entries.move(movement, bookedAt, rule);
    entries.post(movement.cause(), legs, new Origin(rule, movement.valueTime()), bookedAt);
    accrueTo(bookedAt);
    return legs;
  }

  /** Books a movement that takes effect in the past. */
  private List<Leg> moveInThePast(Movement movement, RuleId rule, Instant bookedAt, String reason) {
    entries.move(movement, bookedAt, rule);
    state.numbered(bookedAt);
    Past past = recomputation.past(Reach.from(movement.valueTime()));
    return recomputation.run(past, reason, bookedAt).getOrDefault(movement.cause(), List.of());
  }

  private void accrueTo(Instant until) {
    for (PenaltyDay day : state.accrueTo(until)) {
      entries.penalty(day);
      Origin origin = state.originOf(day);
      entries.post(day.cause(), List.of(Replay.legOf(day)), origin, origin.valueTime());
      events.accrued(day);
    }
  }

  private long nextSequence() {
    return state.progress().nextSequence();
  }

  private AllocationOrder order() {
    return stored.terms().order();
  }

  /** Publishes arrears that began, were re-timed or are cleared since they were last published. */
  public void publishArrears(Instant at) {
    events.arrears(balances(), at);
  }

  /** Publishes another event of the account in the same transaction. */
  public void publish(BillingEvent event) {
    events.add(event);
  }

  Entries entries() {
    return entries;
  }

  List<BillingEvent> events() {
    return events.all(balances());
  }

  /** The checkpoints to be stored: those of recomputations, and one every so many movements. */
  List<Checkpoint> checkpoints() {
    long before = stored.progress().nextSequence() - 1;
    long now = nextSequence() - 1;
    List<Checkpoint> made = entries.checkpoints();
    if (now / pasts.checkpointEvery() == before / pasts.checkpointEvery()
        || made.stream().anyMatch(checkpoint -> checkpoint.sequence() == now)) {
      return made;
    }
    List<Checkpoint> checkpoints = new ArrayList<>(made);
    checkpoints.add(state.checkpoint());
    return checkpoints;
  }

  Progress progress() {
    return state.progress();
  }

  PublishedArrears publishedArrears() {
    return events.publishedArrears();
  }

  /** What to change in the stored pots. */
  Changes potChanges() {
    return stored.potChanges(balances());
  }

  /** The end of the next day that may cost a penalty; empty if nothing is unpaid. */
  public Optional<Instant> penaltyDueAt() {
    return state.penaltyDueAt();
  }

  /** The next due time of an unpaid bill whose debt is not published yet. */
  public Optional<Instant> nextDueAt() {
    return balances().nextUnpaid(debtPublishedTo());
  }

  /** What fell due by then is published. */
  Instant debtPublishedTo() {
    return events.debtPublishedTo();
  }
}
