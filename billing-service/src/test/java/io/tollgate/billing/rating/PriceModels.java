package io.tollgate.billing.rating;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Prices that tests of rating share, and the legs they give. */
final class PriceModels {

  static final PriceModel GRADUATED =
      new PriceModel.Graduated(List.of(tier("10", "1"), tier("20", "0.5"), last("0.1")));
  static final PriceModel VOLUME = new PriceModel.Volume(List.of(tier("100", "1"), last("0.5")));
  static final PriceModel BLOCKS = new PriceModel.Blocks(new BigDecimal("10"), new BigDecimal("3"));

  private PriceModels() {}

  static Tier tier(String upTo, String price) {
    return new Tier(Optional.of(new BigDecimal(upTo)), new BigDecimal(price));
  }

  static Tier last(String price) {
    return new Tier(Optional.empty(), new BigDecimal(price));
  }

  static LineLeg.PriceTier split(String quantity, String price) {
    return new LineLeg.PriceTier(new BigDecimal(quantity), new BigDecimal(price));
  }
}
