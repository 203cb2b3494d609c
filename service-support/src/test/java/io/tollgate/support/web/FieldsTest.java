package io.tollgate.support.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

  @Test
  void aMissingFieldIsNamed() {
    assertRefused(() -> Fields.required("product", null), "product: is missing");
    assertRefused(() -> Fields.text("name", null, 10), "name: is missing");
    assertRefused(() -> Fields.key("transaction", null), "transaction: is missing");
    assertRefused(() -> Amounts.above0("amount", null, CurrencyCode.CNY), "amount: is missing");
    assertRefused(
        () -> Fields.noneMissing("accounts", Arrays.asList("a", null)), "accounts[1]: is missing");
  }

  @Test
  void aTextSaysSomethingAndFits() {
    assertThat(Fields.text("name", "a name", 6)).isEqualTo("a name");
    assertRefused(
        () -> Fields.text("name", "a longer name", 6),
        "name: must have 1 to 6 characters, and has 13");
    assertRefused(
        () -> Fields.text("name", "  ", 6), "name: must have 1 to 6 characters, and is blank");
  }

  @Test
  void aKeyIsNotMistakenForAnother() {
    assertThat(Fields.key("transaction", "TX-17")).isEqualTo("TX-17");
    assertRefused(
        () -> Fields.key("transaction", "TX-17 "),
        "transaction: must not begin or end with a space: \"TX-17 \"");
    assertRefused(
        () -> Fields.key("transaction", "x".repeat(129)),
        "transaction: must have 1 to 128 characters, and has 129");
  }

  @Test
  void anAmountIsAPlainDecimal() {
    assertThat(Amounts.above0("amount", "12.50", CurrencyCode.CNY))
        .isEqualTo(Money.of("12.50", CurrencyCode.CNY));
    assertThat(Amounts.notNegative("limit", "0", CurrencyCode.CNY))
        .isEqualTo(Money.of("0", CurrencyCode.CNY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e3 | must be a plain decimal such as \"12.50\"",
        "'' | must be a plain decimal such as \"12.50\"",
        "0.0000001 | must have at most 6 fraction digits: 0.0000001",
        "0 | must be above 0, not 0",
        "-1 | must be above 0, not -1"
      })
  void anythingElseIsRefusedByItsField(String text, String reason) {
    assertRefused(
        () -> Amounts.above0("faceValue", text, CurrencyCode.CNY), "faceValue: " + reason);
  }

  @Test
  void anAmountOf0OrMoreIsNotBelow0() {
    assertRefused(
        () -> Amounts.notNegative("amount", "-0.01", CurrencyCode.CNY),
        "amount: must be 0 or more, not -0.01");
  }

  @Test
  void aRefusalInsideOfAnObjectNamesItsPlace() {
    assertThat(ProblemException.invalid("name", "is missing").inside("lines[3]"))
        .hasMessage("lines[3].name: is missing");
    ProblemException other = ProblemException.notFound("bill b-1");
    assertThat(other.inside("lines[3]")).isSameAs(other);
  }

  private static void assertRefused(ThrowingCallable read, String detail) {
    assertThatThrownBy(read).isInstanceOf(ProblemException.class).hasMessage(detail);
  }
}
