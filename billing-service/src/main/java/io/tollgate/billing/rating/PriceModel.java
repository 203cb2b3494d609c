package io.tollgate.billing.rating;

import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * How a quantity is priced (contract section 1, price kinds).
 *
 * <p>Each model is a function T of the cumulative quantity. The usage between two counter values
 * costs T(after) - T(before), exactly, so a counter can continue under another model.
 */
public sealed interface PriceModel {

  /**
   * The price of what lies between two counter values; the legs' amounts add up to T(after) -
   * T(before).
   *
   * @param before the counter before, 0 or more
   * @param after the counter after, not below {@code before}
   */
  List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after);

  /** Whether no quantity costs anything. */
  boolean isFree();

  /**
   * A fixed amount once something was used.
   *
   * @param amount amount of a whole cycle
   */
  record Flat(Money amount) implements PriceModel {

    public Flat {
      amount = Decimals.notNegative("amount", amount);
    }

    @Override
    public List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after) {
      return before.signum() == 0 && after.signum() > 0
          ? List.of(new LineLeg.PriceTier(BigDecimal.ONE, amount.amount()))
          : List.of();
    }

    @Override
    public boolean isFree() {
      return amount.isZero();
    }
  }

  /**
   * Each unit costs the same.
   *
   * @param unitPrice price of a unit
   */
  record PerUnit(BigDecimal unitPrice) implements PriceModel {

    public PerUnit {
      unitPrice = Decimals.price("unitPrice", unitPrice);
    }

    @Override
    public List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after) {
      BigDecimal quantity = after.subtract(before);
      return quantity.signum() == 0
          ? List.of()
          : List.of(new LineLeg.PriceTier(quantity, unitPrice));
    }

    @Override
    public boolean isFree() {
      return unitPrice.signum() == 0;
    }
  }

  /**
   * Each unit costs what its tier says.
   *
   * @param tiers the table, lowest tier first
   */
  record Graduated(List<Tier> tiers) implements PriceModel {

    public Graduated {
      tiers = Tier.table(tiers);
    }

    @Override
    public List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after) {
      if (before.compareTo(after) == 0) {
        return List.of();
      }
      int first = 0;
      while (endsAtOrBelow(tiers.get(first), before)) {
        first++;
      }
      if (tiers.get(first).reaches(after)) {
        return List.of(new LineLeg.PriceTier(after.subtract(before), tiers.get(first).unitPrice()));
      }
      return acrossTiers(first, before, after);
    }

    private List<LineLeg.PriceTier> acrossTiers(int first, BigDecimal before, BigDecimal after) {
      List<LineLeg.PriceTier> legs = new ArrayList<>();
      BigDecimal at = before;
      for (int i = first; at.compareTo(after) < 0; i++) {
        Tier tier = tiers.get(i);
        BigDecimal end = tier.reaches(after) ? after : tier.upTo().orElse(after);
        legs.add(new LineLeg.PriceTier(end.subtract(at), tier.unitPrice()));
        at = end;
      }
      return List.copyOf(legs);
    }

    private static boolean endsAtOrBelow(Tier tier, BigDecimal quantity) {
      return tier.upTo().isPresent() && tier.upTo().get().compareTo(quantity) <= 0;
    }

    @Override
    public boolean isFree() {
      return tiers.stream().allMatch(tier -> tier.unitPrice().signum() == 0);
    }
  }

  /**
   * All units cost what the tier of the whole quantity says. Reaching another tier prices the
   * earlier units anew, so a usage line can have a negative amount.
   *
   * @param tiers the table, lowest tier first
   */
  record Volume(List<Tier> tiers) implements PriceModel {

    public Volume {
      tiers = Tier.table(tiers);
    }

    @Override
    public List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after) {
      if (before.compareTo(after) == 0) {
        return List.of();
      }
      BigDecimal now = unitPriceAt(after);
      BigDecimal then = before.signum() == 0 ? now : unitPriceAt(before);
      return now.compareTo(then) == 0
          ? List.of(new LineLeg.PriceTier(after.subtract(before), now))
          : List.of(
              new LineLeg.PriceTier(after, now), new LineLeg.PriceTier(before.negate(), then));
    }

    private BigDecimal unitPriceAt(BigDecimal quantity) {
      int i = 0;
      while (!tiers.get(i).reaches(quantity)) {
        i++;
      }
      return tiers.get(i).unitPrice();
    }

    @Override
    public boolean isFree() {
      return tiers.stream().allMatch(tier -> tier.unitPrice().signum() == 0);
    }
  }

  /**
   * Each started block costs the same.
   *
   * @param blockSize units of a block
   * @param price price of a block
   */
  record Blocks(BigDecimal blockSize, BigDecimal price) implements PriceModel {

    public Blocks {
      blockSize = Decimals.positive("blockSize", blockSize);
      price = Decimals.price("price", price);
    }

    @Override
    public List<LineLeg.PriceTier> legs(BigDecimal before, BigDecimal after) {
      BigDecimal started = blocks(after).subtract(blocks(before));
      return started.signum() == 0 ? List.of() : List.of(new LineLeg.PriceTier(started, price));
    }

    private BigDecimal blocks(BigDecimal quantity) {
      return quantity.divide(blockSize, 0, RoundingMode.CEILING);
    }

    @Override
    public boolean isFree() {
      return price.signum() == 0;
    }
  }
}
