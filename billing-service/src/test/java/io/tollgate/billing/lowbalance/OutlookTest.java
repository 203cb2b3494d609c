package io.tollgate.billing.lowbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final Instant NOW = Instant.parse("2026-03-08T00:00:00Z");

  private static Outlook outlook(String available, String burnPerDay) {
    return new Outlook(NOW, cny(available), new BigDecimal(burnPerDay));
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }

  /** 10 at 4 a day are two days and a half. */
  @Test
  void lastsAsLongAsTheBalanceAtThePaceOfTheLastDays() {
    assertThat(outlook("10", "4").exhaustedAt()).contains(NOW.plus(Duration.ofHours(60)));
    assertThat(outlook("10", "4").endsWithin(3)).isTrue();
    assertThat(outlook("10", "4").endsWithin(2)).isFalse();
  }

  @Test
  void exactlyTheDaysAskedForIsNotSooner() {
    assertThat(outlook("8", "4").endsWithin(2)).isFalse();
    assertThat(outlook("7.999999", "4").endsWithin(2)).isTrue();
  }

  @Test
  void whatIsGoneIsUsedUpNowAndNothingIsSaidOfAnAccountThatUsesNothing() {
    assertThat(outlook("0", "4").exhaustedAt()).contains(NOW);
    assertThat(outlook("-3", "4").exhaustedAt()).contains(NOW);
    assertThat(outlook("0", "0").exhaustedAt()).isEmpty();
    assertThat(outlook("100", "0").exhaustedAt()).isEmpty();
    assertThat(outlook("100", "-2").exhaustedAt()).isEmpty();
    assertThat(outlook("999999999999", "0.000001").exhaustedAt()).isEmpty();
  }

  /** 3.5 in 12 hours are 7 a day; 1 in seven days is 0.142857. */
  @Test
  void whatCameTogetherOverATimeIsSpreadOverDays() {
    assertThat(Outlook.perDay(cny("3.5"), Duration.ofHours(12))).isEqualByComparingTo("7");
    assertThat(Outlook.perDay(cny("1"), Duration.ofDays(7))).isEqualByComparingTo("0.142857");
  }
}
