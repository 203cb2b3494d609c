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
  private final boolean fromTheBeginning;
  private Money funds;

  /** Where money went; what a reversed recharge takes back from, newest first. */
  private record Coverage(SubAccount of, BillId bill, Money amount) {}

  /** An account as stored: what covered what is known of what follows only. */
  public Books(Balances stored) {
    this(stored, false);
  }

  private Books(Balances stored, boolean fromTheBeginning) {
    this.zero = Money.zero(stored.currency());
    this.fromTheBeginning = fromTheBeginning;
    this.funds = stored.funds();
    this.credit = new Credit(stored.creditLimit(), stored.draws());
    this.debts.addAll(stored.debts());
  }

  /** An account at a checkpoint, which knows all that covered what only at the beginning. */
  static Books from(Checkpoint checkpoint) {
    return new Books(checkpoint.balances(), checkpoint.isBeginning());
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
   * Books a bill: its sources pay it by priority, and what none of them does is unpaid (section 4).
   *
   * @param at when it is booked, and draws credit
   * @param dueAt when what is unpaid falls due
   */
  private List<Leg> charge(BillId bill, Money amount, Instant at, Instant dueAt) {
    List<Leg> legs = new ArrayList<>(3);
    Money rest = amount;
    for (SubAccount source : SubAccount.IN_ORDER_OF_DEDUCTION) {
      Money paid =
          switch (source) {
            case FUNDS -> spend(bill, rest);
            case CREDIT -> credit.draw(bill, rest, at);
            case PRINCIPAL -> owe(bill, dueAt, rest);
            case PENALTY -> zero;
          };
      if (paid.isPositive()) {
        legs.add(Leg.of(source, bill, paid.negated()));
        rest = rest.minus(paid);
      }
    }
    return legs;
  }

  private Money spend(BillId bill, Money wanted) {
    Money spent = wanted.min(funds);
    if (spent.isPositive()) {
      funds = funds.minus(spent);
      cover(SubAccount.FUNDS, bill, spent);
    }
    return spent;
  }

  /**
   * Takes money in: the account's pots take it by priority (C2.2).
   *
   * @param order what of a bill it pays first
   */
  List<Leg> receive(Money amount, AllocationOrder order) {
    List<Leg> legs = new ArrayList<>();
    Money rest = amount;
    for (Pot pot : Pot.inOrderOfPayment(balances(), order)) {
      if (rest.isZero()) {
        break;
      }
      Money taken = fill(pot, rest);
      if (taken.isPositive()) {
        addOrMerge(legs, new Leg(pot.part(), pot.concerns(), taken));
        rest = rest.minus(taken);
      }
    }
    for (Leg leg : legs) {
      leg.bill().ifPresent(bill -> cover(leg.subAccount(), bill, leg.amount()));
    }
    return legs;
  }

  /** Pots of one bill and part follow each other, and are one leg. */
  private static void addOrMerge(List<Leg> legs, Leg next) {
    if (!legs.isEmpty() && legs.getLast().isOfSamePart(next)) {
      Leg last = legs.removeLast();
      legs.add(new Leg(last.subAccount(), last.bill(), last.amount().plus(next.amount())));
    } else {
      legs.add(next);
    }
  }

  /** Puts into a pot what it takes. */
  private Money fill(Pot pot, Money available) {
    return switch (pot) {
      case Pot.Funds all -> {
        funds = funds.plus(available);
        yield available;
      }
      case Pot.Drawn drawn -> credit.restore(drawn, available);
      case Pot.Principal principal -> {
        Debt debt = debtOf(principal.bill(), principal.dueAt());
        Money paid = available.min(debt.principal());
        replace(debt, debt.withPrincipal(debt.principal().minus(paid)));
        yield paid;
      }
      case Pot.Penalty penalty -> {
        Debt debt = debtOf(penalty.bill(), penalty.dueAt());
        Money paid = available.min(debt.penalty());
        replace(debt, debt.withPenalty(debt.penalty().minus(paid)));
        yield paid;
      }
    };
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
    if (rest.isPositive() && !fromTheBeginning) {
      throw new HistoryTooShortException();
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
      legs.addAll(charge(coverage.bill(), amount, at, at));
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

  private Money owe(BillId bill, Instant dueAt, Money principal) {
    if (principal.isPositive()) {
      Debt old = debtOf(bill, dueAt);
      replace(old, old.withPrincipal(old.principal().plus(principal)));
    }
    return principal;
  }

  /** The debt as it is, or one of nothing. */
  private Debt debtOf(BillId bill, Instant dueAt) {
    Debt none = new Debt(bill, dueAt, zero, zero);
    Debt found = debts.floor(none);
    return found != null && found.compareTo(none) == 0 ? found : none;
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
