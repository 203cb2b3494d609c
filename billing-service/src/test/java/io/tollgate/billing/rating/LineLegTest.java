package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineLegTest {
  private static final LineLeg FREE = new LineLeg.Allowance(new BigDecimal("20"));
  private static final LineLeg PAID = tier("40", "1");

  @Test
  void splitsAreComparedLegByLegAndNotByTheirSum() {
    assertThat(LineLeg.same(List.of(FREE, PAID), List.of(FREE, PAID))).isTrue();
    assertThat(LineLeg.same(List.of(FREE, PAID), List.of(PAID))).isFalse();
    assertThat(LineLeg.same(List.of(tier("40", "1")), List.of(tier("20", "1"), tier("20", "1"))))
        .isFalse();
    assertThat(LineLeg.same(List.of(tier("40", "1")), List.of(tier("20", "2")))).isFalse();
    assertThat(LineLeg.same(List.of(fee("2.5")), List.of(minimum("2.5")))).isFalse();
    assertThat(LineLeg.same(List.of(fee("2.5")), List.of(fee("3")))).isFalse();
  }

  @Test
  void digitsThatSayNothingMakeNoDifference() {
    assertThat(LineLeg.same(List.of(tier("40.0", "1.00")), List.of(tier("40", "1")))).isTrue();
    assertThat(LineLeg.same(List.of(fee("2.50")), List.of(fee("2.5")))).isTrue();
  }

  @Test
  void aLegTakesNothingThatItsKindDoesNotHave() {
    assertThatIllegalArgumentException().isThrownBy(() -> new LineLeg.Allowance(BigDecimal.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> fee("-1"));
    assertThatIllegalArgumentException().isThrownBy(() -> minimum("-1"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LineLeg.of(
                    LineLeg.Kind.PRICE_TIER, BigDecimal.ONE, Optional.empty(), BigDecimal.ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LineLeg.of(
                    LineLeg.Kind.ALLOWANCE, BigDecimal.ONE, Optional.empty(), BigDecimal.ONE));
  }

  @Test
  void aRatingCostsWhatItsLegsCostButForRounding() {
    assertThat(rated("40", FREE, PAID).legs()).containsExactly(FREE, PAID);
    assertThat(rated("0.000002", tier("1", "0.0000015")).amount().amount())
        .isEqualByComparingTo("0.000002");
    assertThatIllegalArgumentException().isThrownBy(() -> rated("41", FREE, PAID));
    assertThatIllegalArgumentException().isThrownBy(() -> rated("0.000001"));
  }

  private static Rating rated(String amount, LineLeg... legs) {
    return new Rating(
        Counter.ZERO,
        Counter.ZERO,
        1,
        List.of(legs),
        Rating.Basis.PRICED,
        Money.of(amount, CurrencyCode.CNY));
  }

  private static LineLeg tier(String quantity, String price) {
    return new LineLeg.PriceTier(new BigDecimal(quantity), new BigDecimal(price));
  }

  private static LineLeg fee(String amount) {
    return new LineLeg.FlatFee(BigDecimal.TEN, new BigDecimal(amount));
  }

  private static LineLeg minimum(String amount) {
    return new LineLeg.Minimum(BigDecimal.TEN, new BigDecimal(amount));
  }
}
