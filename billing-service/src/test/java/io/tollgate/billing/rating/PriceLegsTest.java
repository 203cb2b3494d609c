package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The split of what lies between two counter values: a leg for each price, and none of nothing. */
class PriceLegsTest {

  private static final PriceModel FLAT = new PriceModel.Flat(Money.of("12", CurrencyCode.CNY));
  private static final PriceModel PER_UNIT = new PriceModel.PerUnit(new BigDecimal("0.25"));
  private static final PriceModel GRADUATED =
      new PriceModel.Graduated(List.of(tier("10", "1"), tier("20", "0.5"), last("0.1")));
  private static final PriceModel VOLUME =
      new PriceModel.Volume(List.of(tier("100", "1"), last("0.5")));
  private static final PriceModel BLOCKS =
      new PriceModel.Blocks(new BigDecimal("10"), new BigDecimal("3"));

  @Test
  void nothingHasNoLegs() {
    for (PriceModel model : List.of(FLAT, PER_UNIT, GRADUATED, VOLUME, BLOCKS)) {
      for (String at : List.of("0", "10", "15", "100", "1000")) {
        assertThat(legs(model, at, at)).as("%s at %s", model, at).isEmpty();
      }
    }
  }

  @Test
  void onePriceIsOneLeg() {
    assertThat(legs(FLAT, "0", "5")).containsExactly(leg("1", "12.000000"));
    assertThat(legs(FLAT, "5", "9")).isEmpty();
    assertThat(legs(PER_UNIT, "3", "5")).containsExactly(leg("2", "0.25"));
    assertThat(legs(BLOCKS, "9", "21")).containsExactly(leg("2", "3"));
    assertThat(legs(BLOCKS, "11", "20")).isEmpty();
  }

  /** A tier's bound is its own last unit: what comes after it is none of that tier. */
  @Test
  void eachTierThatIsCrossedIsOneLeg() {
    assertThat(legs(GRADUATED, "0", "10")).containsExactly(leg("10", "1"));
    assertThat(legs(GRADUATED, "10", "15")).containsExactly(leg("5", "0.5"));
    assertThat(legs(GRADUATED, "10", "25")).containsExactly(leg("10", "0.5"), leg("5", "0.1"));
    assertThat(legs(GRADUATED, "20", "21")).containsExactly(leg("1", "0.1"));
    assertThat(legs(GRADUATED, "9", "21"))
        .containsExactly(leg("1", "1"), leg("10", "0.5"), leg("1", "0.1"));
  }

  /** Only units that were charged at another price are taken back. */
  @Test
  void volumeTiersTakeBackWhatAnotherTierCost() {
    assertThat(legs(VOLUME, "0", "101")).containsExactly(leg("101", "0.5"));
    assertThat(legs(VOLUME, "5", "10")).containsExactly(leg("5", "1"));
    assertThat(legs(VOLUME, "100", "101")).containsExactly(leg("101", "0.5"), leg("-100", "1"));
    assertThat(legs(VOLUME, "101", "103")).containsExactly(leg("2", "0.5"));
  }

  private static List<LineLeg.PriceTier> legs(PriceModel model, String before, String after) {
    return model.legs(new BigDecimal(before), new BigDecimal(after));
  }

  private static LineLeg.PriceTier leg(String quantity, String price) {
    return new LineLeg.PriceTier(new BigDecimal(quantity), new BigDecimal(price));
  }

  private static Tier tier(String upTo, String price) {
    return new Tier(Optional.of(new BigDecimal(upTo)), new BigDecimal(price));
  }

  private static Tier last(String price) {
    return new Tier(Optional.empty(), new BigDecimal(price));
  }
}
