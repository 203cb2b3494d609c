package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an account has and owes, all in one currency: what is stored of it between two transactions.
 *
 * @param funds cash, not negative
 * @param creditLimit how much credit may be drawn, not negative; may be below what is drawn
 * @param draws drawn credit, the oldest draw first; one of a bill and instant
 * @param debts what is unpaid, in the order in which it is paid; one of a bill and due time
 */
public record Balances(Money funds, Money creditLimit, List<Draw> draws, List<Debt> debts) {
  public Balances {
    if (funds.isNegative() || creditLimit.isNegative()) {
      throw new IllegalArgumentException(
          "funds %s and credit limit %s must not be negative".formatted(funds, creditLimit));
    }
    draws = inOrder(draws);
    debts = inOrder(debts);
    requireOneCurrency(funds.currency(), creditLimit, draws, debts);
  }

  /** Of a new account. */
  public static Balances none(CurrencyCode currency) {
    Money zero = Money.zero(currency);
    return new Balances(zero, zero, List.of(), List.of());
  }

  /** What compares as equal has one key and must be one item. */
  private static <T extends Comparable<T>> List<T> inOrder(List<T> items) {
    List<T> sorted = items.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).compareTo(sorted.get(i - 1)) == 0) {
        throw new IllegalArgumentException(
            "two of one bill and time: %s and %s".formatted(sorted.get(i - 1), sorted.get(i)));
      }
    }
    return sorted;
  }

  private static void requireOneCurrency(
      CurrencyCode currency, Money limit, List<Draw> draws, List<Debt> debts) {
    boolean mixed =
        !limit.currency().equals(currency)
            || draws.stream().anyMatch(draw -> !draw.amount().currency().equals(currency))
            || debts.stream().anyMatch(debt -> !debt.principal().currency().equals(currency));
    if (mixed) {
      throw new IllegalArgumentException("mixed currencies in the balances of one account");
    }
  }

  public CurrencyCode currency() {
    return funds.currency();
  }

  private Money sum(Stream<Money> amounts) {
    return amounts.reduce(Money.zero(currency()), Money::plus);
  }

  /**
   * The pots that hold something or lack it, with how much: in the customer's favour, as postings
   * are.
   */
  public Map<Pot, Money> pots() {
    Map<Pot, Money> pots = new LinkedHashMap<>();
    pots.put(new Pot.Funds(), funds);
    draws.forEach(draw -> pots.put(draw.pot(), draw.amount().negated()));
    for (Debt debt : debts) {
      pots.put(debt.principalPot(), debt.principal().negated());
      pots.put(debt.penaltyPot(), debt.penalty().negated());
    }
    pots.values().removeIf(Money::isZero);
    return pots;
  }

  /**
   * An account of these pots.
   *
   * @param pots draws, unpaid principals and unpaid penalties, in the customer's favour
   */
  public static Balances of(Money funds, Money creditLimit, Map<Pot, Money> pots) {
    Money zero = Money.zero(funds.currency());
    List<Draw> draws = new ArrayList<>();
    Map<Pot.Principal, Debt> debts = new LinkedHashMap<>();
    pots.forEach(
        (pot, amount) -> {
          switch (pot) {
            case Pot.Funds all -> throw new IllegalArgumentException("funds are given apart");
            case Pot.Drawn drawn ->
                draws.add(new Draw(drawn.bill(), drawn.drawnAt(), amount.negated()));
            case Pot.Principal principal ->
                debts.merge(
                    principal,
                    new Debt(principal.bill(), principal.dueAt(), amount.negated(), zero),
                    Debt::plus);
            case Pot.Penalty penalty ->
                debts.merge(
                    new Pot.Principal(penalty.bill(), penalty.dueAt()),
                    new Debt(penalty.bill(), penalty.dueAt(), zero, amount.negated()),
                    Debt::plus);
          }
        });
    return new Balances(funds, creditLimit, draws, List.copyOf(debts.values()));
  }

  /** What the pots of a part of the account come to: the sum of its postings. */
  public Money total(SubAccount part) {
    return sum(
        pots().entrySet().stream()
            .filter(pot -> pot.getKey().part() == part)
            .map(Map.Entry::getValue));
  }

  /** Credit that is drawn. */
  public Money creditDrawn() {
    return sum(draws.stream().map(Draw::amount));
  }

  /** Credit that may still be drawn; a lowered limit takes nothing away. */
  public Money creditLeft() {
    return creditLimit.minus(creditDrawn()).orZero();
  }

  /** Principal past its due time that nothing covers: what makes arrears (C2.3). */
  public Money owed(Instant at) {
    return sum(debts.stream().filter(debt -> !debt.dueAt().isAfter(at)).map(Debt::principal));
  }

  /** All unpaid principal, due or not. */
  public Money principal() {
    return sum(debts.stream().map(Debt::principal));
  }

  /** Penalty not yet paid. */
  public Money penalty() {
    return sum(debts.stream().map(Debt::penalty));
  }

  /** The unpaid bill that has been due for longest, if the account is in arrears. */
  public Optional<BillId> earliestOwed(Instant at) {
    return debts.stream()
        .filter(debt -> debt.principal().isPositive() && !debt.dueAt().isAfter(at))
        .map(Debt::bill)
        .findFirst();
  }

  /** When the next unpaid bill falls due after an instant. */
  public Optional<Instant> nextUnpaid(Instant after) {
    return debts.stream()
        .filter(debt -> debt.principal().isPositive())
        .map(Debt::dueAt)
        .filter(due -> due.isAfter(after))
        .min(Instant::compareTo);
  }
}
