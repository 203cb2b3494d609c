package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The working state of one account: every movement changes it by exactly the legs it returns.
 *
 * <p>Not safe for several threads; lives as long as the account's lock is held.
 */
public final class Books {
  private final Money zero;
  private final TreeSet<Debt> debts = new TreeSet<>();
  private final Deque<Coverage> coverages = new ArrayDeque<>();
  private final Credit credit;
  private Money funds;

  /** Where money went; what a reversed recharge takes back from, newest first. */
  private record Coverage(SubAccount of, BillId bill, Money amount) {}

  /** An account as stored: what covered what is known of what follows only. */
  public Books(Balances stored) {
    this.zero = Money.zero(stored.currency());
    this.funds = stored.funds();
    this.credit = new Credit(stored.creditLimit(), stored.draws());
    this.debts.addAll(stored.debts());
  }

  /** What the account has and owes now. */
  public Balances balances() {
    return new Balances(funds, credit.limit(), credit.draws(), List.copyOf(debts));
  }

  /** Does what a movement does. */
  public List<Leg> apply(Movement movement) {
    return switch (movement) {
      case Movement.Charge charge ->
          charge(charge.bill(), charge.amount(), charge.valueTime(), charge.dueAt());
      case Movement.Receipt receipt -> receive(receipt.amount(), receipt.order());
      case Movement.Reversal reversal -> reverse(reversal.amount(), reversal.valueTime());
      case Movement.CreditLimit limit -> limitCredit(limit.limit(), limit.valueTime());
    };
  }

  /**
   * Books a bill: funds first, then credit, the rest is unpaid (section 4).
   *
   * @param at when it is booked, and draws credit
   * @param dueAt when what is unpaid falls due
   */
  private List<Leg> charge(BillId bill, Money amount, Instant at, Instant dueAt) {
    List<Leg> legs = new ArrayList<>(3);
    Money fromFunds = amount.min(funds);
    if (fromFunds.isPositive()) {
      funds = funds.minus(fromFunds);
      cover(SubAccount.FUNDS, bill, fromFunds);
      legs.add(Leg.of(SubAccount.FUNDS, bill, fromFunds.negated()));
    }
    uncovered(bill, amount.minus(fromFunds), at, dueAt, legs);
    return legs;
  }

  private void uncovered(BillId bill, Money amount, Instant at, Instant dueAt, List<Leg> legs) {
    Money fromCredit = credit.draw(bill, amount, at);
    if (fromCredit.isPositive()) {
      legs.add(Leg.of(SubAccount.CREDIT, bill, fromCredit.negated()));
    }
    Money rest = amount.minus(fromCredit);
    if (rest.isPositive()) {
      owe(bill, dueAt, rest);
      legs.add(Leg.of(SubAccount.PRINCIPAL, bill, rest.negated()));
    }
  }

  /**
   * Takes money in: it pays what is unpaid, bill by bill, oldest due time first, then restores
   * drawn credit, oldest draw first, and what remains raises the funds (C2.2).
   *
   * @param order what of a bill it pays first
   */
  List<Leg> receive(Money amount, AllocationOrder order) {
    List<Leg> legs = new ArrayList<>();
    Money rest = amount;
    for (BillId bill : billsInOrder()) {
      rest =
          switch (order) {
            case PRINCIPAL_FIRST -> payPenalty(bill, payPrincipal(bill, rest, legs), legs);
            case PENALTY_FIRST -> payPrincipal(bill, payPenalty(bill, rest, legs), legs);
          };
    }
    for (Draw restored : credit.restore(rest)) {
      rest = paid(SubAccount.CREDIT, restored.bill(), restored.amount(), rest, legs);
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
   * first; what is then uncovered draws credit as far as the limit allows, else is owed from now on
   * (C2.2). Needs books that were replayed, which remember what covered what.
   */
  private List<Leg> reverse(Money amount, Instant at) {
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
        cover(newest.of(), newest.bill(), newest.amount().minus(taken));
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
    if (coverage.of() == SubAccount.PENALTY) {
      owePenalty(coverage.bill(), at, amount);
      legs.add(Leg.of(SubAccount.PENALTY, coverage.bill(), amount.negated()));
    } else {
      uncovered(coverage.bill(), amount, at, at, legs);
    }
  }

  /**
   * Sets how much credit may be drawn from now on: what is unpaid and the limit now covers is drawn
   * at once, oldest due time first; what is drawn above a lowered limit stays drawn. Penalty stays.
   */
  private List<Leg> limitCredit(Money limit, Instant at) {
    credit.limitTo(limit);
    List<Leg> legs = new ArrayList<>();
    for (Debt debt : List.copyOf(debts)) {
      Money covered = credit.draw(debt.bill(), debt.principal(), at);
      if (covered.isPositive()) {
        replace(debt, debt.withPrincipal(debt.principal().minus(covered)));
        legs.add(Leg.of(SubAccount.PRINCIPAL, debt.bill(), covered));
        legs.add(Leg.of(SubAccount.CREDIT, debt.bill(), covered.negated()));
      }
    }
    return legs;
  }

  /** When the earliest bill fell or falls due that is unpaid; {@link Instant#MAX} if none is. */
  Instant earliestDue() {
    return debts.stream()
        .filter(debt -> debt.principal().isPositive())
        .map(Debt::dueAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /**
   * Accrues the penalty of one natural day, on what is owed at its end, of bills that fell due on
   * an earlier day (C2.3).
   */
  List<PenaltyDay> accrue(LocalDate day, PenaltyTerms terms) {
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
    coverages.push(new Coverage(of, bill, amount));
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
