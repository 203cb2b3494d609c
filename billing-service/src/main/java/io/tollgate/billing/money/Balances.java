package io.tollgate.billing.money;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an account has and owes, as it is stored between two transactions. All amounts are in one
 * currency, and every pot holds an amount of the sign its kind allows; an empty pot is left out.
 * Throws {@link IllegalArgumentException} if an amount breaks that.
 *
 * @param creditLimit how much credit may be drawn, 0 or more; below what is drawn after the limit
 *     was lowered
 * @param pots the amount in each pot, in the customer's favour, in the order of the pots
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

  /** The balances of a new account. */
  public static Balances none(CurrencyCode currency) {
    return new Balances(Money.zero(currency), Map.of());
  }

  /**
   * The balances of an account whose funds are stored apart from its other pots.
   *
   * @param funds cash, 0 or more
   * @param others the amounts in all pots but funds
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

  /** The sum of the pots of a sub-account, which is the sum of its postings. */
  public Money total(SubAccount part) {
    return sum(pot -> pot.part() == part);
  }

  private Money sum(Predicate<Pot> wanted) {
    Money sum = Money.zero(currency());
    for (Map.Entry<Pot, Money> each : pots.entrySet()) {
      if (wanted.test(each.getKey())) {
        sum = sum.plus(each.getValue());
      }
    }
    return sum;
  }

  /** Cash, 0 or more. */
  public Money funds() {
    return total(SubAccount.FUNDS);
  }

  /** Credit that is drawn, 0 or more. */
  public Money creditDrawn() {
    return total(SubAccount.CREDIT).negated();
  }

  /** Credit that may still be drawn, 0 or more; a lowered limit takes back no draw. */
  public Money creditLeft() {
    return creditLimit.minus(creditDrawn()).orZero();
  }

  /**
   * Principal past its due time that nothing covers, 0 or more. The account is in arrears while it
   * is above 0 (C2.3).
   */
  public Money owed(Instant at) {
    return sum(pot -> pot.part() == SubAccount.PRINCIPAL && !pot.since().isAfter(at)).negated();
  }

  /** Principal that nothing covers, due or not, 0 or more. */
  public Money principal() {
    return total(SubAccount.PRINCIPAL).negated();
  }

  /** Penalty that is not paid, 0 or more. */
  public Money penalty() {
    return total(SubAccount.PENALTY).negated();
  }

  /** The next due time of an unpaid bill after an instant. */
  public Optional<Instant> nextUnpaid(Instant after) {
    for (Pot pot : pots.keySet()) {
      if (pot.part() == SubAccount.PRINCIPAL && pot.since().isAfter(after)) {
        return Optional.of(pot.since());
      }
    }
    return Optional.empty();
  }
}
