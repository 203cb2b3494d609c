package io.tollgate.billing.rating;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A leg of a charge line's split: units taken by an allowance, or a part of the price (C2.3.2).
 *
 * <p>Code that stores, explains, compares or audits lines reads legs through these four accessors
 * and never asks for their class. A new way to pay (a resource package, a preference) is therefore
 * a new permitted record and a {@link Kind}; the compiler finds the place that creates one.
 *
 * <p>The legs of a line are in the order of deduction. Their amounts add up to the amount of the
 * line, except for rounding. Funds, credit and debt are not legs of a line: a bill is paid as a
 * whole, and its postings show how.
 */
public sealed interface LineLeg {

  /** The kinds of legs, as stored and shown. */
  enum Kind {
    /** Units that the free allowance took. */
    ALLOWANCE,
    /** Units, blocks or a flat amount at one price of the table. */
    PRICE_TIER,
    /** The flat fee of a cycle. */
    FLAT_FEE,
    /** The minimum of a cycle. */
    MINIMUM,
    /** What the other lines of the cycle came to, taken off its minimum. */
    PRICED_LINES
  }

  /** Which leg it is. */
  Kind kind();

  /** How much it covers: units of the meter, or what the kind counts in their place. */
  BigDecimal quantity();

  /** The price of one; empty where nothing is priced by quantity. */
  default Optional<BigDecimal> unitPrice() {
    return Optional.empty();
  }

  /** What it costs, not rounded. */
  BigDecimal amount();

  /**
   * A leg from what was stored of it.
   *
   * @throws IllegalArgumentException when the parts are not those of a leg of this kind
   */
  static LineLeg of(
      Kind kind, BigDecimal quantity, Optional<BigDecimal> unitPrice, BigDecimal amount) {
    LineLeg leg =
        switch (kind) {
          case ALLOWANCE -> new Allowance(quantity);
          case PRICE_TIER ->
              new PriceTier(
                  quantity,
                  unitPrice.orElseThrow(
                      () -> new IllegalArgumentException("a price tier has a unit price")));
          case FLAT_FEE -> new FlatFee(quantity, amount);
          case MINIMUM -> new Minimum(quantity, amount);
          case PRICED_LINES -> new PricedLines(quantity, amount);
        };
    if (leg.amount().compareTo(amount) != 0) {
      throw new IllegalArgumentException("%s does not cost %s".formatted(leg, amount));
    }
    return leg;
  }

  /** What legs cost together, not rounded. */
  static BigDecimal sum(List<? extends LineLeg> legs) {
    BigDecimal sum = BigDecimal.ZERO;
    for (LineLeg leg : legs) {
      sum = sum.signum() == 0 ? leg.amount() : sum.add(leg.amount());
    }
    return sum;
  }

  /** Whether legs say the same as others, one by one; 1.0 is 1. */
  static boolean same(List<LineLeg> legs, List<LineLeg> others) {
    if (legs.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < legs.size(); i++) {
      if (!same(legs.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(LineLeg one, LineLeg other) {
    return one.kind() == other.kind()
        && one.quantity().compareTo(other.quantity()) == 0
        && one.amount().compareTo(other.amount()) == 0
        && one.unitPrice()
            .map(BigDecimal::stripTrailingZeros)
            .equals(other.unitPrice().map(BigDecimal::stripTrailingZeros));
  }

  /**
   * Units covered by the free allowance.
   *
   * @param quantity units, above 0
   */
  record Allowance(BigDecimal quantity) implements LineLeg {

    public Allowance {
      if (quantity.signum() <= 0) {
        throw new IllegalArgumentException("an allowance takes units: " + quantity);
      }
    }

    @Override
    public Kind kind() {
      return Kind.ALLOWANCE;
    }

    @Override
    public BigDecimal amount() {
      return BigDecimal.ZERO;
    }
  }

  /**
   * A part of a line that has one price.
   *
   * @param quantity units, or blocks of a block price, or 1 of a flat one; negative where volume
   *     tiers take back what was charged at another price
   * @param price price of one
   */
  record PriceTier(BigDecimal quantity, BigDecimal price) implements LineLeg {

    @Override
    public Kind kind() {
      return Kind.PRICE_TIER;
    }

    @Override
    public Optional<BigDecimal> unitPrice() {
      return Optional.of(price);
    }

    @Override
    public BigDecimal amount() {
      return quantity.multiply(price);
    }
  }

  /**
   * The flat fee of an instance's cycle.
   *
   * @param quantity started days that were charged
   * @param amount the fee of these days, 0 or more
   */
  record FlatFee(BigDecimal quantity, BigDecimal amount) implements LineLeg {

    public FlatFee {
      amount = Decimals.notNegative("a flat fee", amount);
    }

    @Override
    public Kind kind() {
      return Kind.FLAT_FEE;
    }
  }

  /**
   * The minimum of a cycle. {@link PricedLines} follow it, and what is left is the top-up.
   *
   * @param quantity started days that it covers
   * @param amount the minimum of these days, 0 or more
   */
  record Minimum(BigDecimal quantity, BigDecimal amount) implements LineLeg {

    public Minimum {
      amount = Decimals.notNegative("a minimum", amount);
    }

    @Override
    public Kind kind() {
      return Kind.MINIMUM;
    }
  }

  /**
   * What the other lines of the cycle came to, taken off its minimum.
   *
   * @param quantity started days that the minimum covers
   * @param amount what they came to, with the opposite sign
   */
  record PricedLines(BigDecimal quantity, BigDecimal amount) implements LineLeg {

    @Override
    public Kind kind() {
      return Kind.PRICED_LINES;
    }
  }
}
