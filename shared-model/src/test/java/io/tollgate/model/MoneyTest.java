package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of an amount: scale, rounding at half, bounds, signs, currencies, odd texts. */
class MoneyTest {

  private static final CurrencyCode USD = CurrencyCode.of("USD");

  /** The largest amount there is. */
  private static final String MOST = "99999999999999999999.999999";

  /** The smallest one above nothing. */
  private static final String LEAST = "0.000001";

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.500000",
    "1, 1.000000",
    "+1, 1.000000",
    "-1, -1.000000",
    "0, 0.000000",
    "-0, 0.000000",
    "-0.000000, 0.000000",
    "00012.50, 12.500000",
    ".5, 0.500000",
    "5., 5.000000",
    "1E+3, 1000.000000",
    "1e-6, 0.000001",
    "0.0000010, 0.000001",
    "0.00000100000000000000000000, 0.000001",
    "0e1000000000, 0.000000",
    "0e-1000000000, 0.000000",
    "99999999999999999999.999999, 99999999999999999999.999999",
    "-99999999999999999999.999999, -99999999999999999999.999999"
  })
  void aTextIsReadExactlyAndKeptWithSixDigits(String text, String amount) {
    assertThat(cny(text).amount()).isEqualTo(new BigDecimal(amount));
    assertThat(cny(text)).isEqualTo(cny(amount)).hasSameHashCodeAs(cny(amount));
    assertThat(cny(text)).hasToString(amount + " CNY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0000001", "-0.0000001", "0.9999999", "1.0000005", "1e-7", "1e-1000000000"})
  void moreThanSixFractionDigitsAreRefusedInsteadOfRounded(String text) {
    assertThatThrownBy(() -> cny(text))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "an amount of %s CNY has more than 6 fraction digits".formatted(new BigDecimal(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100000000000000000000",
        "-100000000000000000000",
        "1e20",
        "1e1000000000",
        "-1e2147483647"
      })
  void moreThanTwentyIntegerDigitsAreRefusedBeforeTheyAreWrittenOut(String text) {
    assertThatThrownBy(() -> cny(text))
        .isInstanceOf(AmountOutOfBoundsException.class)
        .hasMessage(
            "an amount of %s CNY has more than 20 digits before the point"
                .formatted(new BigDecimal(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        " 1",
        "1,5",
        "1.5.",
        "--1",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "¥1"
      })
  void whatIsNoDecimalIsRefused(String text) {
    assertThatThrownBy(() -> cny(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000005, 0.000001",
    "0.00000049999999999999999999, 0.000000",
    "0.00000050000000000000000001, 0.000001",
    "0.0000015, 0.000002",
    "0.0000025, 0.000003",
    "-0.0000005, -0.000001",
    "-0.0000004999, 0.000000",
    "-0.0000015, -0.000002",
    "1.9999995, 2.000000",
    "99999999999999999999.9999994, 99999999999999999999.999999",
    "0, 0.000000"
  })
  void roundingIsHalfUpAwayFromZeroAndSaysSo(String exact, String amount) {
    assertThat(Money.rounded(new BigDecimal(exact), CurrencyCode.CNY)).isEqualTo(cny(amount));
  }

  @Test
  void whatIsRoundedIsBoundedToo() {
    assertThatThrownBy(
            () -> Money.rounded(new BigDecimal("99999999999999999999.9999995"), CurrencyCode.CNY))
        .isInstanceOf(AmountOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999.999999, 99999999999999999999.990000",
    "12.349999, 12.340000",
    "12.345, 12.340000",
    "12.355, 12.350000",
    "0.005, 0.000000",
    "-0.005, 0.000000",
    "-12.345, -12.340000",
    "12.34, 12.340000",
    "0.009999, 0.000000",
    "0, 0.000000",
    "-0.019999, -0.010000"
  })
  void whatLeavesForABankIsRoundedDownToTheCent(String amount, String bankable) {
    assertThat(cny(amount).bankable()).isEqualTo(cny(bankable));
  }

  @Test
  void sumsAndDifferencesAreExactAndBounded() {
    assertThat(cny("0.1").plus(cny("0.2"))).isEqualTo(cny("0.3"));
    assertThat(cny("0.000001").minus(cny("0.000002"))).isEqualTo(cny("-0.000001"));
    assertThat(cny(MOST).minus(cny(MOST))).isEqualTo(cny("0"));
    assertThat(cny("99999999999999999999.999998").plus(cny(LEAST))).isEqualTo(cny(MOST));
    assertThat(cny("1").plus(cny("-1"))).isEqualTo(cny("0"));
    assertThatThrownBy(() -> cny(MOST).plus(cny("0.000001")))
        .isInstanceOf(AmountOutOfBoundsException.class);
    assertThatThrownBy(() -> cny(MOST).negated().minus(cny("0.000001")))
        .isInstanceOf(AmountOutOfBoundsException.class);
  }

  @Test
  void negationKeepsZeroAndTurnsTheRest() {
    assertThat(cny("0").negated()).isEqualTo(cny("0"));
    assertThat(cny("-1.5").negated()).isEqualTo(cny("1.5"));
    assertThat(cny("1.5").negated()).isEqualTo(cny("-1.5"));
    assertThat(cny(MOST).negated()).isEqualTo(cny("-" + MOST));
    assertThat(cny(LEAST).negated()).isEqualTo(cny("-" + LEAST));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, false, false",
    "-0.000000, true, false, false",
    "0.000001, false, true, false",
    "-0.000001, false, false, true",
    "99999999999999999999.999999, false, true, false",
    "-99999999999999999999.999999, false, false, true"
  })
  void anAmountIsZeroOrPositiveOrNegative(
      String amount, boolean zero, boolean positive, boolean negative) {
    assertThat(cny(amount).isZero()).isEqualTo(zero);
    assertThat(cny(amount).isPositive()).isEqualTo(positive);
    assertThat(cny(amount).isNegative()).isEqualTo(negative);
    assertThat(cny(amount).orZero()).isEqualTo(negative ? cny("0") : cny(amount));
  }

  @Test
  void smallerAndLargerGoByTheSignedAmount() {
    assertThat(cny("-2").min(cny("1"))).isEqualTo(cny("-2"));
    assertThat(cny("1").min(cny("-2"))).isEqualTo(cny("-2"));
    assertThat(cny("-2").max(cny("1"))).isEqualTo(cny("1"));
    assertThat(cny("1").max(cny("-2"))).isEqualTo(cny("1"));
    assertThat(cny("1").min(cny("1.000000"))).isEqualTo(cny("1"));
    assertThat(cny("1")).isGreaterThan(cny("0.999999")).isLessThan(cny("1.000001"));
    assertThat(cny("1")).isEqualByComparingTo(cny("1.0"));
    assertThat(cny(LEAST).min(cny("0"))).isEqualTo(cny("0"));
    assertThat(cny(LEAST).max(cny("0"))).isEqualTo(cny(LEAST));
    assertThat(cny(MOST)).isGreaterThan(cny("99999999999999999999.999998"));
    assertThat(cny(MOST).negated()).isLessThan(cny("-99999999999999999999.999998"));
  }

  @Test
  void mixedCurrenciesThrow() {
    Money one = cny("1");
    Money other = Money.of("1", USD);
    List<Consumer<Money>> operations =
        List.of(one::plus, one::minus, one::compareTo, one::min, one::max);
    for (Consumer<Money> operation : operations) {
      assertThatThrownBy(() -> operation.accept(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("mixed currencies: CNY and USD");
    }
    assertThat(one).isNotEqualTo(other);
    assertThat(Money.zero(USD)).isNotEqualTo(cny("0"));
  }

  @Test
  void oneAmountThatIsEnteredOrChargedHasFifteenIntegerDigitsAtMost() {
    Money most = cny("999999999999999.999999");
    assertThat(most.withinSingle(() -> "the line")).isEqualTo(most);
    assertThat(most.negated().withinSingle(() -> "the line")).isEqualTo(most.negated());
    for (String beyond : List.of("1000000000000000", "-1000000000000000", MOST)) {
      assertThatThrownBy(() -> cny(beyond).withinSingle(() -> "the line"))
          .isInstanceOf(AmountOutOfBoundsException.class)
          .hasMessageStartingWith("the line: ")
          .hasMessageEndingWith("has more than 15 digits before the point");
    }
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
