package io.tollgate.billing.journal;

import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Debt;
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
import java.util.Optional;

/**
 * What is told of one account, and when something falls due of which must be told.
 *
 * <p>Knows what was said of its arrears last, so that only a change is said.
 */
final class Telling {
  private final AccountId id;
  private final BillingCalendar calendar;
  private final List<BillingEvent> events = new ArrayList<>();
  private final ToldArrears told;

  Telling(AccountId id, BillingCalendar calendar, ToldArrears told) {
    this.id = id;
    this.calendar = calendar;
    this.told = told;
  }

  void tell(BillingEvent event) {
    events.add(event);
  }

  /** A bill was booked and deducted (C2.3.2). */
  void billed(Bill bill, List<Leg> legs) {
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

  /** A day's penalty accrued (C2.3), and the account's unpaid penalty is this with it. */
  void accrued(PenaltyDay day, Money unpaid) {
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

  Instant endOf(PenaltyDay day) {
    return calendar.startOf(day.day().plusDays(1));
  }

  /** Says that arrears began, were re-timed or are cleared, if they were since it was last said. */
  void arrears(Books books, Instant at) {
    events.addAll(told.changes(books, at));
  }

  /** End of the next day that may cost a penalty; empty while nothing is unpaid. */
  Optional<Instant> penaltyDueAt(Books books, Instant accruedTo) {
    return earliestUnpaid(books)
        .map(
            due -> {
              Instant firstEnd = calendar.startOf(calendar.dateOf(due).plusDays(2));
              Instant nextEnd = calendar.dayOf(accruedTo).end();
              return firstEnd.isAfter(nextEnd) ? firstEnd : nextEnd;
            });
  }

  private static Optional<Instant> earliestUnpaid(Books books) {
    return nextUnpaid(books, Instant.MIN);
  }

  /** When the next unpaid bill falls due after an instant. */
  static Optional<Instant> nextUnpaid(Books books, Instant after) {
    return books.debts().stream()
        .filter(debt -> debt.principal().isPositive())
        .map(Debt::dueAt)
        .filter(due -> due.isAfter(after))
        .min(Instant::compareTo);
  }

  List<BillingEvent> events() {
    return events;
  }

  ToldArrears told() {
    return told;
  }
}
