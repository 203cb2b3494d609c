package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.Books;
import io.tollgate.billing.settlement.Debt;
import io.tollgate.billing.settlement.Leg;
import io.tollgate.billing.settlement.Movement;
import io.tollgate.billing.settlement.PenaltyDay;
import io.tollgate.billing.settlement.PenaltyTerms;
import io.tollgate.billing.settlement.Replay;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One account while its lock is held: what is booked on it, and everything that has to be stored
 * for that in the same transaction.
 *
 * <p>Whatever moves money goes through here, so that movement, postings, balances, penalties and
 * events can't disagree.
 */
public final class OpenAccount {
  private final AccountId id;
  private final int partition;
  private final PenaltyTerms terms;
  private final Map<BillId, ProductId> products;
  private final List<BookedMovement> movements = new ArrayList<>();
  private final List<Posting> postings = new ArrayList<>();
  private final List<Bill> bills = new ArrayList<>();
  private final List<PenaltyDay> penaltyDays = new ArrayList<>();
  private final Telling telling;
  private final DebtStatement statement;
  private final List<Debt> storedDebts;
  private Books books;
  private Instant accruedTo;
  private Instant lastMovementAt;
  private long nextSequence;
  private boolean resettled;

  /** The stored state of an account, as the repository reads it. */
  OpenAccount(
      AccountId id,
      int partition,
      BillingCalendar calendar,
      PenaltyRates rates,
      Map<BillId, ProductId> products,
      Books books,
      Instant accruedTo,
      Instant lastMovementAt,
      Instant debtToldAt,
      long nextSequence,
      Collection<Told> told,
      LowBalance lowBalance) {
    this.id = id;
    this.partition = partition;
    this.products = products;
    this.terms =
        new PenaltyTerms(
            calendar, (bill, day) -> rates.on(Optional.ofNullable(products.get(bill)), day));
    this.books = books;
    this.storedDebts = books.debts();
    this.accruedTo = accruedTo;
    this.lastMovementAt = lastMovementAt;
    this.nextSequence = nextSequence;
    this.telling = new Telling(id, calendar, new ToldArrears(id, products, told), lowBalance);
    this.statement =
        new DebtStatement(id, Money.zero(books.funds().currency()), storedDebts, debtToldAt);
  }

  public AccountId id() {
    return id;
  }

  public int partition() {
    return partition;
  }

  public CurrencyCode currency() {
    return books.funds().currency();
  }

  /** The balances, for reading. */
  public Books books() {
    return books;
  }

  /**
   * Nothing is booked before what is booked or accrued already: the order of booking is the order
   * of time.
   */
  public Instant notBeforeLast(Instant at) {
    Instant last = accruedTo.isAfter(lastMovementAt) ? accruedTo : lastMovementAt;
    return at.isBefore(last) ? last : at;
  }

  /** Whether money of that value time would have changed what is booked already. */
  public boolean isInThePast(Instant valueTime) {
    return valueTime.isBefore(lastMovementAt) || valueTime.isBefore(accruedTo);
  }

  /** Books a bill and deducts it (C2.3.2). It must not be booked before {@link #notBeforeLast}. */
  public void bookBill(Bill bill) {
    Instant bookedAt = bill.bookedAt();
    accrue(bookedAt);
    bills.add(bill);
    products.put(bill.id(), bill.product());
    Movement movement;
    List<Leg> legs;
    if (bill.amount().isNegative()) {
      Money credit = bill.amount().negated();
      movement = new Movement.Receipt(bill.cause(), nextSequence, bookedAt, credit);
      legs = books.receive(credit);
    } else {
      movement =
          new Movement.Charge(
              bill.cause(), nextSequence, bookedAt, bill.id(), bill.amount(), bill.dueAt());
      legs = books.charge(bill.id(), bill.amount(), bill.dueAt());
    }
    add(movement, bookedAt, Rules.DEDUCTION);
    post(bill.cause(), legs, SystemAccount.REVENUE, bookedAt, bookedAt, Rules.DEDUCTION);
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
    bills.add(correction);
    telling.adjusted(correction);
  }

  /** Books money that comes in now; its value time is not {@link #isInThePast}. */
  public Allocation receive(
      String cause,
      Money amount,
      SystemAccount from,
      Instant valueTime,
      Instant bookedAt,
      RuleId rule) {
    accrue(valueTime);
    add(new Movement.Receipt(cause, nextSequence, valueTime, amount), bookedAt, rule);
    List<Leg> legs = books.receive(amount);
    post(cause, legs, from, valueTime, bookedAt, rule);
    accrue(bookedAt);
    tellArrears(bookedAt);
    return Allocation.of(legs, currency());
  }

  /** Sets how much credit may be drawn from now on. */
  public void limitCredit(String cause, Money limit, Instant bookedAt) {
    add(new Movement.CreditLimit(cause, nextSequence, bookedAt, limit), bookedAt, Rules.RECHARGE);
    books.limitCredit(limit);
  }

  /**
   * Books money whose effect only a replay can tell: a receipt that counted earlier than what is
   * booked already, or a reversal.
   *
   * @param movement bears {@link #nextSequence}
   */
  public Allocation bookInThePast(
      Movement movement,
      SystemAccount contra,
      Past past,
      String reason,
      Instant bookedAt,
      RuleId rule) {
    add(movement, bookedAt, rule);
    return resettle(past.with(movement, contra), reason, bookedAt).apply(movement.cause());
  }

  /** The sequence that the next movement takes. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Accrues the penalties of the days that ended by an instant (C2.3). */
  public void accrueTo(Instant until) {
    accrue(until);
  }

  private void accrue(Instant until) {
    for (PenaltyDay day : new Replay.Accrual(terms, accruedTo).to(books, until)) {
      penaltyDays.add(day);
      Instant end = telling.endOf(day);
      post(
          day.cause(),
          List.of(Replay.legOf(day)),
          SystemAccount.PENALTY_INCOME,
          end,
          end,
          Rules.ARREARS);
      telling.accrued(day, statement.accrued(day.amount()));
    }
    accruedTo = until.isAfter(accruedTo) ? until : accruedTo;
  }

  /**
   * Recomputes the account from its whole history and books what is different (C2.3).
   *
   * @param past every movement, with the new one and with bills as corrected
   * @param reason what changed the past
   * @return what each receipt is used for now, by cause
   */
  public Function<String, Allocation> resettle(Past past, String reason, Instant bookedAt) {
    if (!postings.isEmpty()) {
      throw new IllegalStateException("an account is resettled before anything else is booked");
    }
    Instant accruedBefore = accruedTo;
    accruedTo = bookedAt.isAfter(accruedTo) ? bookedAt : accruedTo;
    products.putAll(past.products());
    Replay.Result result =
        new Replay(terms, books.order()).run(currency(), past.movements(), accruedTo);
    postings.addAll(past.corrections(result.legs(), reason, bookedAt));
    books = result.books();
    penaltyDays.addAll(result.penalties());
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
    telling.lowBalance(books, at);
    statement.upTo(at);
  }

  /** Tells something else about the account in the same transaction. */
  public void tell(BillingEvent event) {
    telling.tell(event);
  }

  private void add(Movement movement, Instant bookedAt, RuleId rule) {
    movements.add(new BookedMovement(movement, bookedAt, rule));
    nextSequence++;
    lastMovementAt = notBeforeLast(bookedAt);
  }

  private void post(
      String cause,
      List<Leg> legs,
      SystemAccount contra,
      Instant valueTime,
      Instant bookedAt,
      RuleId rule) {
    for (Leg leg : legs) {
      postings.add(new Posting(cause, leg, contra, valueTime, bookedAt, rule, ""));
    }
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

  List<BillingEvent> events() {
    return Stream.concat(telling.events().stream(), statement.of(books).stream()).toList();
  }

  Instant accruedTo() {
    return accruedTo;
  }

  Instant lastMovementAt() {
    return lastMovementAt;
  }

  boolean lowBalanceTold() {
    return telling.lowBalanceTold();
  }

  ToldArrears told() {
    return telling.told();
  }

  /** Whether every penalty day was recomputed and replaces the stored ones. */
  boolean isResettled() {
    return resettled;
  }

  /** What to do to the stored debts. */
  DebtChanges debtChanges() {
    return DebtChanges.between(storedDebts, books.debts());
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
