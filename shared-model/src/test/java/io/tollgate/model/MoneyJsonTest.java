package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.event.WireMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An amount as events carry it: what is written is what is read. */
class MoneyJsonTest {

  private static final JsonMapper MAPPER = WireMapper.mapper();

  @ParameterizedTest
  @CsvSource({
    "0, 0.000000",
    "-0.000000, 0.000000",
    "0.000001, 0.000001",
    "-0.000001, -0.000001",
    "12.5, 12.500000",
    "1e3, 1000.000000",
    "99999999999999999999.999999, 99999999999999999999.999999",
    "-99999999999999999999.999999, -99999999999999999999.999999"
  })
  void anAmountIsWrittenAsTextWithSixDigitsAndReadBackTheSame(String amount, String written) {
    Money money = Money.of(amount, CurrencyCode.CNY);
    String json = MAPPER.writeValueAsString(money);
    assertThat(json).isEqualTo("{\"amount\":\"" + written + "\",\"currency\":\"CNY\"}");
    assertThat(MAPPER.readValue(json, Money.class)).isEqualTo(money);
  }

  /** A number has no exact binary form here either: it is read digit by digit. */
  @Test
  void aNumberIsReadAsExactlyAsAText() {
    assertThat(read("99999999999999999999.999999"))
        .isEqualTo(Money.of("99999999999999999999.999999", CurrencyCode.CNY));
    assertThat(read("0.1")).isEqualTo(Money.of("0.1", CurrencyCode.CNY));
    assertThat(read("1E+3")).isEqualTo(Money.of("1000", CurrencyCode.CNY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount\":\"0.0000001\",\"currency\":\"CNY\"}",
        "{\"amount\":1e-7,\"currency\":\"CNY\"}",
        "{\"amount\":\"100000000000000000000\",\"currency\":\"CNY\"}",
        "{\"amount\":1e1000000000,\"currency\":\"CNY\"}",
        "{\"amount\":\"1,5\",\"currency\":\"CNY\"}",
        "{\"amount\":\"NaN\",\"currency\":\"CNY\"}",
        "{\"amount\":\"1\",\"currency\":\"cny\"}",
        "{\"amount\":null,\"currency\":\"CNY\"}",
        "{\"amount\":\"1\",\"currency\":null}",
        "{\"currency\":\"CNY\"}",
        "{\"amount\":\"1\"}"
      })
  void whatIsNoAmountIsRefused(String json) {
    assertThatThrownBy(() -> MAPPER.readValue(json, Money.class))
        .isInstanceOf(JacksonException.class);
  }

  private static Money read(String number) {
    return MAPPER.readValue("{\"amount\":" + number + ",\"currency\":\"CNY\"}", Money.class);
  }
}
