package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {

  private static final CurrencyCode USD = CurrencyCode.of("USD");

  @Test
  void amountsOfOneValueAreEqualWhateverTheirDigits() {
    assertThat(cny("1.5")).isEqualTo(cny("1.500000"));
    assertThat(cny("0")).isEqualTo(Money.zero(CurrencyCode.CNY));
    assertThat(cny("-0.000000")).isEqualTo(Money.zero(CurrencyCode.CNY));
  }

  @Test
  void moreThanSixFractionDigitsAreRefusedInsteadOfRounded() {
    assertThatThrownBy(() -> cny("0.0000001")).isInstanceOf(ArithmeticException.class);
    assertThat(cny("0.0000010")).isEqualTo(cny("0.000001"));
  }

  @Test
  void roundingIsHalfUpAwayFromZeroAndSaysSo() {
    assertThat(Money.rounded(new BigDecimal("0.0000005"), CurrencyCode.CNY))
        .isEqualTo(cny("0.000001"));
    assertThat(Money.rounded(new BigDecimal("0.00000049"), CurrencyCode.CNY)).isEqualTo(cny("0"));
    assertThat(Money.rounded(new BigDecimal("-0.0000005"), CurrencyCode.CNY))
        .isEqualTo(cny("-0.000001"));
  }

  @Test
  void mixedCurrenciesThrow() {
    Money one = cny("1");
    Money other = Money.of("1", USD);
    assertThatThrownBy(() -> one.plus(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.minus(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.compareTo(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.min(other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatLeavesForABankIsRoundedDownToTheCent() {
    assertThat(cny("12.349999").bankable()).isEqualTo(cny("12.34"));
    assertThat(cny("0.009999").bankable()).isEqualTo(cny("0"));
  }

  @Test
  void amountsBeyondTwentyIntegerDigitsAreRefused() {
    assertThat(cny("99999999999999999999.999999").isPositive()).isTrue();
    assertThatThrownBy(() -> cny("100000000000000000000")).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void textShowsAllDigitsAndTheCurrency() {
    assertThat(cny("1E+3")).hasToString("1000.000000 CNY");
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
