package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegTest {
  private static final Leg FREE = new Leg.Allowance(new BigDecimal("20"));
  private static final Leg PAID = tier("40", "1");

  @Test
  void splitsAreComparedLegByLegAndNotByTheirSum() {
    assertThat(Leg.same(List.of(FREE, PAID), List.of(FREE, PAID))).isTrue();
    assertThat(Leg.same(List.of(FREE, PAID), List.of(PAID))).isFalse();
    assertThat(Leg.same(List.of(tier("40", "1")), List.of(tier("20", "1"), tier("20", "1"))))
        .isFalse();
    assertThat(Leg.same(List.of(tier("40", "1")), List.of(tier("20", "2")))).isFalse();
    assertThat(Leg.same(List.of(fee("2.5")), List.of(minimum("2.5")))).isFalse();
    assertThat(Leg.same(List.of(fee("2.5")), List.of(fee("3")))).isFalse();
  }

  @Test
  void digitsThatSayNothingMakeNoDifference() {
    assertThat(Leg.same(List.of(tier("40.0", "1.00")), List.of(tier("40", "1")))).isTrue();
    assertThat(Leg.same(List.of(fee("2.50")), List.of(fee("2.5")))).isTrue();
  }

  @Test
  void aLegTakesNothingThatItsKindDoesNotHave() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Leg.Allowance(BigDecimal.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> fee("-1"));
    assertThatIllegalArgumentException().isThrownBy(() -> minimum("-1"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Leg.of(Leg.Kind.PRICE_TIER, BigDecimal.ONE, Optional.empty(), BigDecimal.ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Leg.of(Leg.Kind.ALLOWANCE, BigDecimal.ONE, Optional.empty(), BigDecimal.ONE));
  }

  @Test
  void aRatingCostsWhatItsLegsCostButForRounding() {
    assertThat(rated("40", FREE, PAID).legs()).containsExactly(FREE, PAID);
    assertThat(rated("0.000002", tier("1", "0.0000015")).amount().amount())
        .isEqualByComparingTo("0.000002");
    assertThatIllegalArgumentException().isThrownBy(() -> rated("41", FREE, PAID));
    assertThatIllegalArgumentException().isThrownBy(() -> rated("0.000001"));
  }

  private static Rating rated(String amount, Leg... legs) {
    return new Rating(
        Counter.ZERO,
        Counter.ZERO,
        1,
        List.of(legs),
        Rating.Basis.PRICED,
        Money.of(amount, CurrencyCode.CNY));
  }

  private static Leg tier(String quantity, String price) {
    return new Leg.PriceTier(new BigDecimal(quantity), new BigDecimal(price));
  }

  private static Leg fee(String amount) {
    return new Leg.FlatFee(BigDecimal.TEN, new BigDecimal(amount));
  }

  private static Leg minimum(String amount) {
    return new Leg.Minimum(BigDecimal.TEN, new BigDecimal(amount));
  }
}
