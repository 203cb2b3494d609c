package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import io.tollgate.model.event.WireMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RatingTest {
  private static final Window HOUR =
      new Window(Instant.parse("2024-03-01T00:00:00Z"), Instant.parse("2024-03-01T01:00:00Z"));

  private static final Rating RATING =
      new Rating(
          new BigDecimal("0.5"),
          new Counter(new BigDecimal("1.25"), new BigDecimal("1E+3"), new BigDecimal("0.0000001")),
          new Counter(new BigDecimal("1.75"), new BigDecimal("1010"), new BigDecimal("20.0000001")),
          7,
          List.of(
              new TierSplit(new BigDecimal("4"), new BigDecimal("0.5"), new BigDecimal("2.0")),
              new TierSplit(new BigDecimal("-6"), new BigDecimal("3"), new BigDecimal("-18"))),
          Optional.empty(),
          Money.of("-16", CurrencyCode.CNY));

  private static RatedLine line() {
    return new RatedLine(
        RatedLine.Kind.USAGE,
        Optional.of(InstanceId.of("i-1")),
        Optional.of(MeterKey.of("units")),
        new TreeMap<>(),
        HOUR,
        3,
        new BigDecimal("10.5"),
        RATING.freeQuantity(),
        RATING.counterBefore(),
        RATING.counterAfter(),
        RATING.priceVersion(),
        RATING.splits(),
        RatedLine.Basis.PRICED,
        RATING.amount());
  }

  @Test
  void itsJsonIsTheMappers() {
    var tree = WireMapper.mapper().readTree(Rating.json(line()));
    assertThat(tree)
        .isEqualTo(WireMapper.mapper().readTree(WireMapper.mapper().writeValueAsString(RATING)));
  }

  @Test
  void whatIsWrittenIsReadWithTheSameNumbers() {
    Rating read = Rating.of(Rating.json(line()));
    assertThat(read.counterBefore().units()).isEqualByComparingTo("1000");
    assertThat(read.counterBefore().amount()).isEqualTo(new BigDecimal("0.0000001"));
    assertThat(read.counterAfter()).isEqualTo(RATING.counterAfter());
    assertThat(read.splits()).isEqualTo(RATING.splits());
    assertThat(read.amount()).isEqualTo(RATING.amount());
  }

  @Test
  void aLineThatIsNotPricedSaysWhy() {
    RatedLine priced = line();
    RatedLine suspended =
        new RatedLine(
            priced.kind(),
            priced.instance(),
            priced.meter(),
            priced.dimensions(),
            priced.window(),
            priced.revision(),
            priced.quantity(),
            BigDecimal.ZERO,
            Counter.ZERO,
            Counter.ZERO,
            7,
            List.of(),
            RatedLine.Basis.SUSPENDED,
            Money.zero(CurrencyCode.CNY));
    assertThat(Rating.of(Rating.json(suspended)).basis()).contains(RatedLine.Basis.SUSPENDED);
    assertThat(Rating.of(Rating.json(priced)).basis()).isEmpty();
  }

  @Test
  void aLineOfBeforeWhichRepeatsItsColumnsIsReadTheSame() {
    Rating read = Rating.of(WireMapper.mapper().writeValueAsString(line()));
    assertThat(read.freeQuantity()).isEqualTo(new BigDecimal("0.5"));
    assertThat(read.priceVersion()).isEqualTo(7);
    assertThat(read.splits()).isEqualTo(RATING.splits());
  }
}
