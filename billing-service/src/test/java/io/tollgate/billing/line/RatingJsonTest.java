package io.tollgate.billing.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.LineLeg;
import io.tollgate.billing.rating.Rating;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored of a rating is pinned, since lines are read for ever. */
class RatingJsonTest {
  private static final Rating USAGE =
      new Rating(
          new Counter(new BigDecimal("1.25"), new BigDecimal("1E+3"), new BigDecimal("0.0000001")),
          new Counter(new BigDecimal("1.75"), new BigDecimal("1010"), new BigDecimal("16.0000001")),
          7,
          List.of(
              new LineLeg.Allowance(new BigDecimal("0.5")),
              new LineLeg.PriceTier(new BigDecimal("68"), new BigDecimal("0.5")),
              new LineLeg.PriceTier(new BigDecimal("-6"), new BigDecimal("3"))),
          Rating.Basis.PRICED,
          Money.of("16", CurrencyCode.CNY));

  @Test
  void usageIsStoredWithItsCountersAndLegs() {
    assertThat(RatingJson.write(USAGE))
        .isEqualTo(
            """
            {"counterBefore":{"freeUnits":1.25,"units":1000,"amount":0.0000001},\
            "counterAfter":{"freeUnits":1.75,"units":1010,"amount":16.0000001},\
            "priceVersion":7,"legs":[\
            {"kind":"ALLOWANCE","quantity":0.5,"amount":0},\
            {"kind":"PRICE_TIER","quantity":68,"unitPrice":0.5,"amount":34.0},\
            {"kind":"PRICE_TIER","quantity":-6,"unitPrice":3,"amount":-18}],\
            "amount":{"amount":"16.000000","currency":"CNY"}}\
            """);
  }

  @Test
  void feesAndMinimumsAreALegOfTheirOwn() {
    assertThat(
            RatingJson.write(ofCycle(new LineLeg.FlatFee(BigDecimal.TEN, new BigDecimal("2.50")))))
        .contains("\"legs\":[{\"kind\":\"FLAT_FEE\",\"quantity\":10,\"amount\":2.5}]");
    assertThat(
            RatingJson.write(ofCycle(new LineLeg.Minimum(BigDecimal.TEN, new BigDecimal("2.50")))))
        .contains("\"legs\":[{\"kind\":\"MINIMUM\",\"quantity\":10,\"amount\":2.5}]");
  }

  @Test
  void whatIsWrittenIsReadWithTheSameNumbers() {
    Rating read = RatingJson.read(RatingJson.write(USAGE));
    assertThat(read.counterBefore().units()).isEqualByComparingTo("1000");
    assertThat(read.counterBefore().amount()).isEqualTo(new BigDecimal("0.0000001"));
    assertThat(read.counterAfter()).isEqualTo(USAGE.counterAfter());
    assertThat(read.legs()).isEqualTo(USAGE.legs());
    assertThat(read.basis()).isEqualTo(Rating.Basis.PRICED);
    assertThat(read.amount()).isEqualTo(USAGE.amount());
  }

  @Test
  void everyKindOfLegIsReadAsItself() {
    for (LineLeg leg :
        List.of(
            new LineLeg.FlatFee(BigDecimal.TWO, new BigDecimal("2.5")),
            new LineLeg.Minimum(BigDecimal.TWO, new BigDecimal("2.5")))) {
      assertThat(RatingJson.read(RatingJson.write(ofCycle(leg))).legs()).containsExactly(leg);
    }
  }

  @Test
  void aLineThatIsNotPricedSaysWhy() {
    Rating suspended =
        new Rating(
            Counter.ZERO,
            Counter.ZERO,
            7,
            List.of(),
            Rating.Basis.SUSPENDED,
            Money.zero(CurrencyCode.CNY));
    assertThat(RatingJson.write(suspended)).contains("\"basis\":\"SUSPENDED\"");
    assertThat(RatingJson.read(RatingJson.write(suspended)).basis())
        .isEqualTo(Rating.Basis.SUSPENDED);
  }

  @Test
  void aStoredLegThatContradictsItselfIsNotRead() {
    String tampered = RatingJson.write(USAGE).replace("\"amount\":34.0", "\"amount\":35");
    assertThatThrownBy(() -> RatingJson.read(tampered)).hasMessageContaining("does not cost 35");
  }

  private static Rating ofCycle(LineLeg leg) {
    return new Rating(
        Counter.ZERO,
        Counter.ZERO,
        1,
        List.of(leg),
        Rating.Basis.PRICED,
        Money.of("2.5", CurrencyCode.CNY));
  }
}
