package io.tollgate.client.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The shape of a price; which of its amounts there are depends on the kind. */
public record PriceModel(
    String kind,
    Optional<BigDecimal> amount,
    Optional<BigDecimal> unitPrice,
    Optional<BigDecimal> blockSize,
    Optional<BigDecimal> price,
    Optional<List<Tier>> tiers) {
  /** Every unit at one price. */
  public static PriceModel perUnit(BigDecimal unitPrice) {
    return new PriceModel(
        "PER_UNIT",
        Optional.empty(),
        Optional.of(unitPrice),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Each tier's units at the tier's price. */
  public static PriceModel graduated(List<Tier> tiers) {
    return tiered("GRADUATED", tiers);
  }

  /** All units at the price of the tier that their number reaches. */
  public static PriceModel volume(List<Tier> tiers) {
    return tiered("VOLUME", tiers);
  }

  private static PriceModel tiered(String kind, List<Tier> tiers) {
    return new PriceModel(
        kind,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(tiers));
  }

  /** Each started block of units at one price. */
  public static PriceModel blocks(BigDecimal blockSize, BigDecimal price) {
    return new PriceModel(
        "BLOCKS",
        Optional.empty(),
        Optional.empty(),
        Optional.of(blockSize),
        Optional.of(price),
        Optional.empty());
  }
}
