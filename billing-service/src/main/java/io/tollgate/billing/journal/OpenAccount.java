package io.tollgate.billing.journal;

import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Debt;
import io.tollgate.billing.money.Draw;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One account while its lock is held: what is booked on it, and everything that has to be stored
 * for that in the same transaction.
 *
 * <p>Whatever moves money goes through here, so that movement, postings, balances, penalties and
 * events can't disagree.
 */
public final class OpenAccount {
  private final StoredAccount stored;
  private final Journal journal;
  private final Telling telling;
  private final DebtStatement statement;
  private Books books;
  private Instant accruedTo;
  private boolean resettled;

  /** The stored state of an account, as the repository reads it. */
  OpenAccount(StoredAccount stored) {
    this.stored = stored;
    this.books = stored.books();
    this.accruedTo = stored.accruedTo();
    this.journal = new Journal(stored.nextSequence(), stored.lastMovementAt());
    this.telling =
        new Telling(
            stored.id(),
            stored.terms().calendar(),
            new ToldArrears(stored.id(), stored.products(), stored.told()));
    this.statement =
        new DebtStatement(
            stored.id(), Money.zero(books.funds().currency()), stored.debts(), stored.debtToldAt());
  }

  public AccountId id() {
    return stored.id();
  }

  public int partition() {
    return stored.partition();
  }

  public CurrencyCode currency() {
    return books.funds().currency();
  }

  /** The balances, for reading. */
  public Books books() {
    return books;
  }

  /** Nothing is booked before what is booked or accrued: the order of booking is that of time. */
  public Instant notBeforeLast(Instant at) {
    return later(at, later(accruedTo, journal.lastMovementAt()));
  }

  /** The same for a charge, which no day that is accrued already would have cost a penalty. */
  public Instant chargedNotBefore(Instant at) {
    return later(
        at, later(stored.terms().firstWithoutPenalty(accruedTo), journal.lastMovementAt()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Books a bill and deducts it (C2.3.2). It must not be booked before {@link #notBeforeLast}. */
  public void bookBill(Bill bill) {
    Instant bookedAt = bill.bookedAt();
    accrueTo(bookedAt);
    journal.bill(bill);
    stored.products().put(bill.id(), bill.product());
    List<Leg> legs =
        bill.amount().isNegative()
            ? books.receive(bill.amount().negated(), stored.order())
            : books.charge(bill.id(), bill.amount(), bookedAt, bill.dueAt());
    journal.move(bill.movement(journal.nextSequence(), stored.order()), bookedAt, Rules.DEDUCTION);
    journal.post(bill.cause(), legs, new Origin(Rules.DEDUCTION, bookedAt), bookedAt);
    if (bill.kind() == Bill.Kind.CYCLE) {
      telling.billed(bill, legs);
    } else {
      telling.adjusted(bill);
    }
    tellArrears(bookedAt);
  }

  /**
   * Adds a correction downward: a document beside the bills it corrects, which {@link #resettle}
   * makes count.
   */
  public void addCorrection(Bill correction) {
    journal.bill(correction);
    telling.adjusted(correction);
  }

  /**
   * Books what a correction downward exceeds the bills of its cycle by: the customer's from booking
   * on (section 5). Corrections that take something off bills are made to count before.
   */
  public void creditExcess(Bill correction, Money excess) {
    var unused =
        receiveNow(
            correction.cause(),
            excess,
            correction.bookedAt(),
            correction.bookedAt(),
            Rules.DEDUCTION);
  }

  /**
   * Books money that comes in. Where it counts earlier than what is booked already, the account is
   * recomputed: penalties of the days in between are taken back (C2.2).
   *
   * @param valueTime when it counts, not after {@code bookedAt}
   * @param past the whole history, asked for only if it is needed
   * @return what it is used for
   */
  public Allocation receive(
      Cause cause,
      Money amount,
      Instant valueTime,
      Instant bookedAt,
      RuleId rule,
      Supplier<Past> past) {
    // Whether it would have changed what is booked already.
    if (valueTime.equals(notBeforeLast(valueTime))) {
      return receiveNow(cause, amount, valueTime, bookedAt, rule);
    }
    return bookInThePast(
        new Movement.Receipt(cause, journal.nextSequence(), valueTime, amount, stored.order()),
        new Origin(rule, valueTime),
        past.get(),
        cause + " counts from " + valueTime,
        bookedAt);
  }

  private Allocation receiveNow(
      Cause cause, Money amount, Instant valueTime, Instant bookedAt, RuleId rule) {
    accrueTo(valueTime);
    journal.move(
        new Movement.Receipt(cause, journal.nextSequence(), valueTime, amount, stored.order()),
        bookedAt,
        rule);
    List<Leg> legs = books.receive(amount, stored.order());
    journal.post(cause, legs, new Origin(rule, valueTime), bookedAt);
    accrueTo(bookedAt);
    tellArrears(bookedAt);
    return Allocation.of(legs, currency());
  }

  /**
   * Takes money back that had come in: what it covered is unwound, newest first, and what is then
   * uncovered is owed from {@code bookedAt} (C2.2). Only the history knows what covered what.
   */
  public void reverse(Cause cause, Money amount, Past past, Instant bookedAt, RuleId rule) {
    var unused =
        bookInThePast(
            new Movement.Reversal(cause, journal.nextSequence(), bookedAt, amount),
            new Origin(rule, bookedAt),
            past,
            cause + " takes back",
            bookedAt);
  }

  private Allocation bookInThePast(
      Movement movement, Origin origin, Past past, String reason, Instant bookedAt) {
    journal.move(movement, bookedAt, origin.rule());
    return resettle(past.with(movement, origin), reason, bookedAt).apply(movement.cause());
  }

  /**
   * Sets how much credit may be drawn from now on. What is owed and the limit now covers is drawn
   * at once; what is drawn above a lowered limit stays drawn (section 4).
   */
  public void limitCredit(Money limit, Instant bookedAt) {
    Cause cause = Cause.creditLimit(journal.nextSequence());
    accrueTo(bookedAt);
    journal.move(
        new Movement.CreditLimit(cause, journal.nextSequence(), bookedAt, limit),
        bookedAt,
        Rules.RECHARGE);
    List<Leg> legs = books.limitCredit(limit, bookedAt);
    journal.post(cause, legs, new Origin(Rules.RECHARGE, bookedAt), bookedAt);
    tellArrears(bookedAt);
  }

  /** Accrues the penalties of the days that ended by an instant (C2.3). */
  public void accrueTo(Instant until) {
    for (PenaltyDay day : new Replay.Accrual(stored.terms(), accruedTo).to(books, until)) {
      journal.penalty(day);
      Origin origin = originOf(day);
      journal.post(day.cause(), List.of(Replay.legOf(day)), origin, origin.valueTime());
      telling.accrued(day, statement.accrued(day.amount()));
    }
    accruedTo = until.isAfter(accruedTo) ? until : accruedTo;
  }

  private Origin originOf(PenaltyDay day) {
    return new Origin(Rules.ARREARS, telling.endOf(day));
  }

  /**
   * Recomputes the account from its whole history and books what is different (C2.3).
   *
   * @param past every movement, with the new one and with bills as corrected
   * @param reason what changed the past
   * @return what each receipt is used for now, by cause
   */
  public Function<Cause, Allocation> resettle(Past past, String reason, Instant bookedAt) {
    Instant accruedBefore = accruedTo;
    accruedTo = bookedAt.isAfter(accruedTo) ? bookedAt : accruedTo;
    stored.products().putAll(past.products());
    Replay.Result result = new Replay(stored.terms()).run(currency(), past.movements(), accruedTo);
    Map<Cause, Origin> penalties = new HashMap<>();
    for (PenaltyDay day : result.penalties()) {
      penalties.put(day.cause(), originOf(day));
    }
    journal.correct(past.corrections(result.legs(), penalties, reason, bookedAt));
    books = result.books();
    result.penalties().forEach(journal::penalty);
    resettled = true;
    for (PenaltyDay day : result.penalties()) {
      if (telling.endOf(day).isAfter(accruedBefore)) {
        telling.accrued(day, statement.recomputed(books.penalty()));
      }
    }
    tellArrears(bookedAt);
    return cause -> Allocation.of(result.legs().getOrDefault(cause, List.of()), currency());
  }

  /** Says that arrears began, were re-timed or are cleared, if they were since it was last said. */
  public void tellArrears(Instant at) {
    telling.arrears(books, at);
    statement.upTo(at);
  }

  /** Tells something else about the account in the same transaction. */
  public void tell(BillingEvent event) {
    telling.tell(event);
  }

  Journal journal() {
    return journal;
  }

  List<BillingEvent> events() {
    return Stream.concat(telling.events().stream(), statement.of(books).stream()).toList();
  }

  Instant accruedTo() {
    return accruedTo;
  }

  ToldArrears told() {
    return telling.told();
  }

  /** Whether every penalty day was recomputed and replaces the stored ones. */
  boolean isResettled() {
    return resettled;
  }

  /** What to do to the stored debts. */
  Changes<Debt> debtChanges() {
    return stored.debtChanges(books);
  }

  /** What to do to the stored draws. */
  Changes<Draw> drawChanges() {
    return stored.drawChanges(books);
  }

  /** End of the next day that may cost a penalty; empty while nothing is unpaid. */
  Optional<Instant> penaltyDueAt() {
    return telling.penaltyDueAt(books, accruedTo);
  }

  /** When the next unpaid bill falls due, of which nothing is told yet. */
  Optional<Instant> nextDueAt() {
    return Telling.nextUnpaid(books, debtToldAt());
  }

  /** What fell due by then is told. */
  Instant debtToldAt() {
    return statement.statedTo();
  }
}
