package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
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
  void sumsAndDifferencesAreExactToTheLastDigit() {
    assertThat(cny("0.1").plus(cny("0.2"))).isEqualTo(cny("0.3"));
    assertThat(cny("0.1").plus(cny("-0.100001"))).isEqualTo(cny("-0.000001"));
    assertThat(cny("1").minus(cny("0.000001"))).isEqualTo(cny("0.999999"));
    assertThat(cny("1").minus(cny("-2"))).isEqualTo(cny("3"));
    assertThat(cny("2.5").negated()).isEqualTo(cny("-2.5"));
    assertThat(cny("0").negated()).isEqualTo(cny("0"));
  }

  @Test
  void theSmallerAndTheLargerAreFoundWhicheverIsAsked() {
    assertThat(cny("1").min(cny("2"))).isEqualTo(cny("1"));
    assertThat(cny("2").min(cny("1"))).isEqualTo(cny("1"));
    assertThat(cny("-1").min(cny("0"))).isEqualTo(cny("-1"));
    assertThat(cny("1").max(cny("2"))).isEqualTo(cny("2"));
    assertThat(cny("2").max(cny("1"))).isEqualTo(cny("2"));
    assertThat(cny("1")).isLessThan(cny("1.000001")).isGreaterThan(cny("0.999999"));
    assertThat(cny("1")).isEqualByComparingTo(cny("1.0"));
  }

  @Test
  void theSignIsOfTheLastDigitToo() {
    assertThat(cny("0.000001").isPositive()).isTrue();
    assertThat(cny("0.000001").isNegative()).isFalse();
    assertThat(cny("0.000001").isZero()).isFalse();
    assertThat(cny("-0.000001").isPositive()).isFalse();
    assertThat(cny("-0.000001").isNegative()).isTrue();
    assertThat(cny("-0.000001").isZero()).isFalse();
    assertThat(cny("0").isPositive()).isFalse();
    assertThat(cny("0").isNegative()).isFalse();
    assertThat(cny("0").isZero()).isTrue();
  }

  @Test
  void whatIsBelowZeroCountsAsNothing() {
    assertThat(cny("-0.000001").orZero()).isEqualTo(cny("0"));
    assertThat(cny("0").orZero()).isEqualTo(cny("0"));
    assertThat(cny("0.000001").orZero()).isEqualTo(cny("0.000001"));
  }

  @Test
  void mixedCurrenciesThrow() {
    Money one = cny("1");
    Money other = Money.of("1", USD);
    assertThatThrownBy(() -> one.plus(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.minus(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.compareTo(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.min(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.max(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixed currencies: CNY and USD");
  }

  @Test
  void whatLeavesForABankIsRoundedDownToTheCent() {
    assertThat(cny("12.349999").bankable()).isEqualTo(cny("12.34"));
    assertThat(cny("0.009999").bankable()).isEqualTo(cny("0"));
    assertThat(cny("0.01").bankable()).isEqualTo(cny("0.01"));
    assertThat(cny("-12.349999").bankable()).isEqualTo(cny("-12.34"));
  }

  @Test
  void amountsBeyondTwentyIntegerDigitsAreRefused() {
    Money largest = cny("99999999999999999999.999999");
    assertThat(largest.minus(cny("99999999999999999999"))).isEqualTo(cny("0.999999"));
    assertThatThrownBy(() -> cny("100000000000000000000"))
        .isInstanceOf(AmountOutOfBoundsException.class)
        .hasMessageContaining("100000000000000000000.000000 CNY has more than 20 digits");
    Money smallest = cny("0.000001");
    assertThatThrownBy(() -> largest.plus(smallest)).isInstanceOf(AmountOutOfBoundsException.class);
    assertThatThrownBy(() -> largest.negated().minus(smallest))
        .isInstanceOf(AmountOutOfBoundsException.class);
  }

  @Test
  void oneAmountThatIsEnteredHasFifteenIntegerDigitsAtMost() {
    Money largest = cny("999999999999999.999999");
    assertThat(largest.withinSingle(() -> "amount")).isSameAs(largest);
    assertThat(largest.negated().withinSingle(() -> "amount")).isEqualTo(largest.negated());
    for (String beyond : List.of("1000000000000000", "-1000000000000000")) {
      assertThatThrownBy(() -> cny(beyond).withinSingle(() -> "amount"))
          .isInstanceOf(AmountOutOfBoundsException.class)
          .hasMessage("amount: " + beyond + ".000000 CNY has more than 15 digits before the point");
    }
  }

  @Test
  void textShowsAllDigitsAndTheCurrency() {
    assertThat(cny("1E+3")).hasToString("1000.000000 CNY");
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
