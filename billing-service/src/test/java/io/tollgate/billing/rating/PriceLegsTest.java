package io.tollgate.billing.rating;

import static io.tollgate.billing.rating.PriceModels.BLOCKS;
import static io.tollgate.billing.rating.PriceModels.GRADUATED;
import static io.tollgate.billing.rating.PriceModels.VOLUME;
import static io.tollgate.billing.rating.PriceModels.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The split of what lies between two counter values: a leg for each price, and none of nothing. */
class PriceLegsTest {

  private static final PriceModel FLAT = new PriceModel.Flat(Money.of("12", CurrencyCode.CNY));
  private static final PriceModel PER_UNIT = new PriceModel.PerUnit(new BigDecimal("0.25"));

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
    assertThat(legs(FLAT, "0", "5")).containsExactly(split("1", "12.000000"));
    assertThat(legs(FLAT, "5", "9")).isEmpty();
    assertThat(legs(PER_UNIT, "3", "5")).containsExactly(split("2", "0.25"));
    assertThat(legs(BLOCKS, "9", "21")).containsExactly(split("2", "3"));
    assertThat(legs(BLOCKS, "11", "20")).isEmpty();
  }

  /** A tier's bound is its own last unit: what comes after it is none of that tier. */
  @Test
  void eachTierThatIsCrossedIsOneLeg() {
    assertThat(legs(GRADUATED, "0", "10")).containsExactly(split("10", "1"));
    assertThat(legs(GRADUATED, "10", "15")).containsExactly(split("5", "0.5"));
    assertThat(legs(GRADUATED, "10", "25")).containsExactly(split("10", "0.5"), split("5", "0.1"));
    assertThat(legs(GRADUATED, "20", "21")).containsExactly(split("1", "0.1"));
    assertThat(legs(GRADUATED, "9", "21"))
        .containsExactly(split("1", "1"), split("10", "0.5"), split("1", "0.1"));
  }

  /** Only units that were charged at another price are taken back. */
  @Test
  void volumeTiersTakeBackWhatAnotherTierCost() {
    assertThat(legs(VOLUME, "0", "101")).containsExactly(split("101", "0.5"));
    assertThat(legs(VOLUME, "5", "10")).containsExactly(split("5", "1"));
    assertThat(legs(VOLUME, "100", "101")).containsExactly(split("101", "0.5"), split("-100", "1"));
    assertThat(legs(VOLUME, "101", "103")).containsExactly(split("2", "0.5"));
  }

  private static List<LineLeg.PriceTier> legs(PriceModel model, String before, String after) {
    return model.legs(new BigDecimal(before), new BigDecimal(after));
  }
}
