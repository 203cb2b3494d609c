package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects the events of one account that a transaction publishes.
 *
 * <p>Knows what was last published of its arrears and debt, so that only a change is published.
 */
final class AccountEvents {
  private final AccountId id;
  private final BillingCalendar calendar;
  private final List<BillingEvent> events = new ArrayList<>();
  private final PublishedArrears arrears;
  private final DebtStatement statement;

  AccountEvents(StoredAccount stored) {
    this.id = stored.id();
    this.calendar = stored.terms().penalties().calendar();
    this.arrears = new PublishedArrears(id, stored.terms(), stored.published().arrears());
    this.statement = new DebtStatement(id, stored.balances(), stored.published().debtUpTo());
  }

  void add(BillingEvent event) {
    events.add(event);
  }

  /** A bill was booked and deducted (C2.3.2), or adjusts an earlier one. */
  void booked(Bill bill, List<Leg> legs) {
    if (bill.kind() == Bill.Kind.CYCLE) {
      billed(bill, legs);
    } else {
      adjusted(bill);
    }
  }

  private void billed(Bill bill, List<Leg> legs) {
    events.add(
        new BillingEvent.BillBooked(
            id,
            bill.id(),
            bill.product(),
            bill.cycle(),
            bill.period().start(),
            bill.period().end(),
            bill.amount(),
            taken(legs, SubAccount.FUNDS, bill),
            taken(legs, SubAccount.CREDIT, bill),
            taken(legs, SubAccount.PRINCIPAL, bill),
            bill.dueAt(),
            bill.bookedAt(),
            Rules.DEDUCTION));
  }

  /** An earlier period costs something else now (section 4). */
  void adjusted(Bill bill) {
    if (!bill.amount().isZero()) {
      events.add(
          new BillingEvent.BillAdjusted(
              id,
              bill.id(),
              bill.adjusts().orElse(bill.id()),
              bill.product(),
              bill.period().start(),
              bill.period().end(),
              bill.amount(),
              bill.bookedAt(),
              Rules.DEDUCTION));
    }
  }

  private static Money taken(List<Leg> legs, SubAccount subAccount, Bill bill) {
    return sum(legs, subAccount, bill.amount().currency()).negated();
  }

  /** What legs move on one sub-account. */
  static Money sum(List<Leg> legs, SubAccount subAccount, CurrencyCode currency) {
    return legs.stream()
        .filter(leg -> leg.subAccount() == subAccount)
        .map(Leg::amount)
        .reduce(Money.zero(currency), Money::plus);
  }

  /** A day's penalty accrued (C2.3). */
  void accrued(PenaltyDay day) {
    accrued(day, statement.accrued(day.amount()));
  }

  /** Every day's penalty was computed anew; the account's unpaid penalty is this now. */
  void recomputed(PenaltyDay day, Money unpaid) {
    accrued(day, statement.recomputed(unpaid));
  }

  private void accrued(PenaltyDay day, Money unpaid) {
    events.add(
        new BillingEvent.PenaltyAccrued(
            id,
            day.bill(),
            day.day(),
            day.principal(),
            day.amount(),
            unpaid,
            endOf(day),
            Rules.ARREARS));
  }

  /** When a day's penalty counts. */
  Instant endOf(PenaltyDay day) {
    return calendar.startOf(day.day().plusDays(1));
  }

  /**
   * Arrears that began, were re-timed or are cleared since they were last published. What was
   * published as due stays due, also where something is booked before that: arrears are those of
   * the debt that the same transaction states.
   */
  void arrears(Balances balances, Instant at) {
    events.addAll(arrears.changes(balances, statement.upTo(at)));
  }

  /** What this transaction publishes; the statement of the debt comes last. */
  List<BillingEvent> all(Balances balances) {
    return Stream.concat(events.stream(), statement.of(balances).stream()).toList();
  }

  PublishedArrears publishedArrears() {
    return arrears;
  }

  /** What fell due by then is published. */
  Instant debtPublishedTo() {
    return statement.statedTo();
  }
}
