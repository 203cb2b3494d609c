package io.tollgate.billing.settlement;

import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The working state of one account: every movement changes it by exactly the legs it returns.
 *
 * <p>Not safe for several threads; lives as long as the account's lock is held.
 */
public final class Books {
  private final Money zero;
  private final AllocationOrder order;
  private final TreeSet<Debt> debts = new TreeSet<>();
  private final Deque<Coverage> coverages = new ArrayDeque<>();
  private Money funds;
  private Money creditLimit;
  private Money creditDrawn;

  /** Where money went; what a reversed recharge takes back from, newest first. */
  private record Coverage(SubAccount of, Optional<BillId> bill, Money amount) {}

  /** An account as stored. */
  public Books(
      Money funds,
      Money creditLimit,
      Money creditDrawn,
      Collection<Debt> debts,
      AllocationOrder order) {
    this.zero = Money.zero(funds.currency());
    this.funds = funds;
    this.creditLimit = creditLimit;
    this.creditDrawn = creditDrawn;
    this.order = order;
    this.debts.addAll(debts);
  }

  /** A new account without anything. */
  public static Books empty(CurrencyCode currency, AllocationOrder order) {
    Money zero = Money.zero(currency);
    return new Books(zero, zero, zero, List.of(), order);
  }

  public Money funds() {
    return funds;
  }

  public Money creditLimit() {
    return creditLimit;
  }

  public Money creditDrawn() {
    return creditDrawn;
  }

  /** What of a bill arriving money pays first. */
  public AllocationOrder order() {
    return order;
  }

  /** All debts, in the order in which they are paid. */
  public List<Debt> debts() {
    return List.copyOf(debts);
  }

  /** Principal past its due time that nothing covers: what makes arrears (C2.3). */
  public Money owed(Instant at) {
    Money sum = zero;
    for (Debt debt : debts) {
      if (!debt.dueAt().isAfter(at)) {
        sum = sum.plus(debt.principal());
      }
    }
    return sum;
  }

  /** All unpaid principal, due or not. */
  public Money principal() {
    return debts.stream().map(Debt::principal).reduce(zero, Money::plus);
  }

  /** Penalty not yet paid. */
  public Money penalty() {
    return debts.stream().map(Debt::penalty).reduce(zero, Money::plus);
  }

  /** The unpaid bill that has been due for longest, if the account is in arrears. */
  public Optional<Debt> earliestOwed(Instant at) {
    return debts.stream()
        .filter(debt -> debt.principal().isPositive() && !debt.dueAt().isAfter(at))
        .findFirst();
  }

  /** Books a bill: funds first, then credit, the rest is unpaid (section 4). */
  public List<Leg> charge(BillId bill, Money amount, Instant dueAt) {
    List<Leg> legs = new ArrayList<>(3);
    Money rest = amount;
    Money fromFunds = rest.min(funds);
    if (fromFunds.isPositive()) {
      funds = funds.minus(fromFunds);
      cover(SubAccount.FUNDS, bill, fromFunds);
      legs.add(Leg.of(SubAccount.FUNDS, bill, fromFunds.negated()));
      rest = rest.minus(fromFunds);
    }
    return uncovered(bill, rest, dueAt, legs);
  }

  private List<Leg> uncovered(BillId bill, Money amount, Instant dueAt, List<Leg> legs) {
    Money fromCredit = amount.min(creditLimit.minus(creditDrawn).orZero());
    if (fromCredit.isPositive()) {
      creditDrawn = creditDrawn.plus(fromCredit);
      legs.add(Leg.of(SubAccount.CREDIT, bill, fromCredit.negated()));
    }
    Money rest = amount.minus(fromCredit);
    if (rest.isPositive()) {
      owe(bill, dueAt, rest);
      legs.add(Leg.of(SubAccount.PRINCIPAL, bill, rest.negated()));
    }
    return legs;
  }

  /**
   * Takes money in: it pays what is unpaid, bill by bill, oldest due time first, then restores
   * drawn credit, and what remains raises the funds (C2.2).
   */
  public List<Leg> receive(Money amount) {
    List<Leg> legs = new ArrayList<>();
    Money rest = amount;
    for (BillId bill : billsInOrder()) {
      rest =
          switch (order) {
            case PRINCIPAL_FIRST -> payPenalty(bill, payPrincipal(bill, rest, legs), legs);
            case PENALTY_FIRST -> payPrincipal(bill, payPenalty(bill, rest, legs), legs);
          };
    }
    Money restored = rest.min(creditDrawn);
    if (restored.isPositive()) {
      creditDrawn = creditDrawn.minus(restored);
      coverages.push(new Coverage(SubAccount.CREDIT, Optional.empty(), restored));
      legs.add(Leg.of(SubAccount.CREDIT, restored));
      rest = rest.minus(restored);
    }
    if (rest.isPositive()) {
      funds = funds.plus(rest);
      legs.add(Leg.of(SubAccount.FUNDS, rest));
    }
    return legs;
  }

  private List<BillId> billsInOrder() {
    Map<BillId, Boolean> bills = new LinkedHashMap<>();
    debts.forEach(debt -> bills.put(debt.bill(), true));
    return List.copyOf(bills.keySet());
  }

  private Money payPrincipal(BillId bill, Money available, List<Leg> legs) {
    Money rest = available;
    for (Debt debt : debtsOf(bill)) {
      Money paid = rest.min(debt.principal());
      if (paid.isPositive()) {
        replace(debt, debt.withPrincipal(debt.principal().minus(paid)));
        rest = rest.minus(paid);
      }
    }
    return paid(SubAccount.PRINCIPAL, bill, available.minus(rest), available, legs);
  }

  private Money payPenalty(BillId bill, Money available, List<Leg> legs) {
    Money rest = available;
    for (Debt debt : debtsOf(bill)) {
      Money paid = rest.min(debt.penalty());
      if (paid.isPositive()) {
        replace(debt, debt.withPenalty(debt.penalty().minus(paid)));
        rest = rest.minus(paid);
      }
    }
    return paid(SubAccount.PENALTY, bill, available.minus(rest), available, legs);
  }

  private Money paid(SubAccount of, BillId bill, Money paid, Money available, List<Leg> legs) {
    if (paid.isPositive()) {
      cover(of, bill, paid);
      legs.add(Leg.of(of, bill, paid));
    }
    return available.minus(paid);
  }

  /**
   * Takes money out that had come in: from funds, then by unwinding what covered bills, newest
   * first; what is then uncovered draws credit where there is some, else is owed from now on
   * (C2.2). Needs books that were replayed, which remember what covered what.
   */
  public List<Leg> reverse(Money amount, Instant at) {
    List<Leg> legs = new ArrayList<>();
    Money fromFunds = amount.min(funds);
    if (fromFunds.isPositive()) {
      funds = funds.minus(fromFunds);
      legs.add(Leg.of(SubAccount.FUNDS, fromFunds.negated()));
    }
    Money rest = amount.minus(fromFunds);
    while (rest.isPositive() && !coverages.isEmpty()) {
      Coverage newest = coverages.pop();
      Money taken = rest.min(newest.amount());
      if (taken.compareTo(newest.amount()) < 0) {
        coverages.push(new Coverage(newest.of(), newest.bill(), newest.amount().minus(taken)));
      }
      unwind(newest, taken, at, legs);
      rest = rest.minus(taken);
    }
    if (rest.isPositive()) {
      throw new IllegalStateException("more is reversed than ever came in: " + rest);
    }
    return legs;
  }

  private void unwind(Coverage coverage, Money amount, Instant at, List<Leg> legs) {
    if (coverage.bill().isEmpty()) {
      creditDrawn = creditDrawn.plus(amount);
      legs.add(Leg.of(SubAccount.CREDIT, amount.negated()));
      return;
    }
    BillId bill = coverage.bill().get();
    if (coverage.of() == SubAccount.PENALTY) {
      owePenalty(bill, at, amount);
      legs.add(Leg.of(SubAccount.PENALTY, bill, amount.negated()));
    } else {
      var unused = uncovered(bill, amount, at, legs);
    }
  }

  /** Sets how much credit may be drawn from now on; what is drawn stays drawn. */
  public void limitCredit(Money limit) {
    creditLimit = limit;
  }

  /**
   * Accrues the penalty of one natural day, on what is owed at its end, of bills that fell due on
   * an earlier day (C2.3).
   */
  public List<PenaltyDay> accrue(LocalDate day, PenaltyTerms terms) {
    Instant dayStart = terms.calendar().startOf(day);
    Map<BillId, Money> principals = new LinkedHashMap<>();
    for (Debt debt : debts) {
      if (debt.principal().isPositive() && debt.dueAt().isBefore(dayStart)) {
        principals.merge(debt.bill(), debt.principal(), Money::plus);
      }
    }
    List<PenaltyDay> days = new ArrayList<>(principals.size());
    principals.forEach(
        (bill, principal) -> {
          BigDecimal rate = terms.rates().on(bill, day);
          Money amount = Money.rounded(principal.amount().multiply(rate), principal.currency());
          if (amount.isPositive()) {
            owePenalty(bill, dayStart, amount);
            days.add(new PenaltyDay(bill, day, principal, amount));
          }
        });
    return days;
  }

  private void cover(SubAccount of, BillId bill, Money amount) {
    coverages.push(new Coverage(of, Optional.of(bill), amount));
  }

  private void owe(BillId bill, Instant dueAt, Money principal) {
    Debt key = new Debt(bill, dueAt, zero, zero);
    Debt old = debts.floor(key);
    if (old != null && old.compareTo(key) == 0) {
      replace(old, old.withPrincipal(old.principal().plus(principal)));
    } else {
      debts.add(key.withPrincipal(principal));
    }
  }

  private void owePenalty(BillId bill, Instant orFrom, Money amount) {
    List<Debt> own = debtsOf(bill);
    Debt old = own.isEmpty() ? new Debt(bill, orFrom, zero, zero) : own.getFirst();
    replace(old, old.withPenalty(old.penalty().plus(amount)));
  }

  private List<Debt> debtsOf(BillId bill) {
    return debts.stream().filter(debt -> debt.bill().equals(bill)).toList();
  }

  private void replace(Debt old, Debt now) {
    debts.remove(old);
    if (!now.isPaid()) {
      debts.add(now);
    }
  }
}
