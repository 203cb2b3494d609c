package io.tollgate.billing.money;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an account has and owes, all in one currency: what is stored of it between two transactions.
 *
 * @param creditLimit how much credit may be drawn, not negative; may be below what is drawn
 * @param pots what lies in each pot that is not empty, in the customer's favour; in their order
 */
public record Balances(Money creditLimit, Map<Pot, Money> pots) {
  public Balances {
    if (creditLimit.isNegative()) {
      throw new IllegalArgumentException("a credit limit of " + creditLimit);
    }
    for (Map.Entry<Pot, Money> each : pots.entrySet()) {
      Money amount = each.getValue();
      if (!amount.currency().equals(creditLimit.currency())) {
        throw new IllegalArgumentException(
            "mixed currencies in one account: %s and %s".formatted(amount, creditLimit));
      }
      if (amount.isZero() || !each.getKey().holds(amount)) {
        throw new IllegalArgumentException("%s cannot lie in %s".formatted(amount, each.getKey()));
      }
    }
    pots = Collections.unmodifiableMap(new TreeMap<>(pots));
  }

  /** Of a new account. */
  public static Balances none(CurrencyCode currency) {
    return new Balances(Money.zero(currency), Map.of());
  }

  /**
   * Of an account whose funds are stored apart.
   *
   * @param funds cash, not negative
   * @param others what lies in every other pot
   */
  public static Balances of(Money funds, Money creditLimit, Map<Pot, Money> others) {
    if (others.containsKey(new Pot.Funds())) {
      throw new IllegalArgumentException("funds are given apart");
    }
    Map<Pot, Money> pots = new TreeMap<>(others);
    if (!funds.isZero()) {
      pots.put(new Pot.Funds(), funds);
    }
    return new Balances(creditLimit, pots);
  }

  public CurrencyCode currency() {
    return creditLimit.currency();
  }

  /** What the pots of a part of the account come to: the sum of its postings. */
  public Money total(SubAccount part) {
    return sum(amounts(part));
  }

  private Money sum(Stream<Money> amounts) {
    return amounts.reduce(Money.zero(currency()), Money::plus);
  }

  private Stream<Money> amounts(SubAccount part) {
    return pots.entrySet().stream()
        .filter(each -> each.getKey().part() == part)
        .map(Map.Entry::getValue);
  }

  /** Cash. */
  public Money funds() {
    return total(SubAccount.FUNDS);
  }

  /** Credit that is drawn. */
  public Money creditDrawn() {
    return total(SubAccount.CREDIT).negated();
  }

  /** Credit that may still be drawn; a lowered limit takes nothing away. */
  public Money creditLeft() {
    return creditLimit.minus(creditDrawn()).orZero();
  }

  /** Principal past its due time that nothing covers: what makes arrears (C2.3). */
  public Money owed(Instant at) {
    return sum(pots.entrySet().stream()
            .filter(each -> each.getKey().part() == SubAccount.PRINCIPAL)
            .filter(each -> !each.getKey().since().isAfter(at))
            .map(Map.Entry::getValue))
        .negated();
  }

  /** All unpaid principal, due or not. */
  public Money principal() {
    return total(SubAccount.PRINCIPAL).negated();
  }

  /** Penalty not yet paid. */
  public Money penalty() {
    return total(SubAccount.PENALTY).negated();
  }

  /** When the next unpaid bill falls due after an instant. */
  public Optional<Instant> nextUnpaid(Instant after) {
    return pots.keySet().stream()
        .filter(pot -> pot.part() == SubAccount.PRINCIPAL)
        .map(Pot::since)
        .filter(due -> due.isAfter(after))
        .findFirst();
  }
}
