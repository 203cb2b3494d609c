package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceVersionTest {

  private static final Instant FROM = Instant.parse("2020-02-29T16:00:00Z");
  private static final MeterKey GB = MeterKey.of("gb");

  @Test
  void aUnitPriceHasTenFractionDigitsAtMost() {
    assertThat(new PriceModel.PerUnit(new BigDecimal("0.00000000010")).unitPrice())
        .isEqualTo(new BigDecimal("0.0000000001"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceModel.PerUnit(new BigDecimal("0.00000000001")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceModel.PerUnit(new BigDecimal("-1")));
  }

  @Test
  void aTableRisesAndOnlyItsLastTierIsOpen() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PriceModel.Volume(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceModel.Volume(List.of(tier("5"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceModel.Graduated(List.of(tier("5"), tier("5"), open())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PriceModel.Graduated(List.of(open(), tier("5"), open())));
    assertThatIllegalArgumentException().isThrownBy(() -> tier("0"));
  }

  @Test
  void aMeterHasOnePrice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> version(1, FROM, List.of(perUnit("1"), perUnit("2"))));
  }

  @Test
  void amountsHaveTheVersionsCurrency() {
    PriceModel dollars = new PriceModel.Flat(Money.of("1", CurrencyCode.of("USD")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> version(1, FROM, List.of(MeterPrice.of(GB, dollars, CounterScope.CYCLE))));
  }

  @Test
  void aFlatMeterIsNotCountedOverAMonth() {
    PriceModel flat = new PriceModel.Flat(Money.of("1", CurrencyCode.CNY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeterPrice.of(GB, flat, CounterScope.MONTH_TO_DATE));
  }

  @Test
  void aMeterIsFreeWhenItIsNotNamedOrCostsNothing() {
    assertThat(version(1, FROM, List.of()).isFree(GB)).isTrue();
    assertThat(version(1, FROM, List.of(perUnit("0.00"))).isFree(GB)).isTrue();
    assertThat(version(1, FROM, List.of(perUnit("0.1"))).isFree(GB)).isFalse();
    assertThat(version(1, FROM, List.of(perUnit("0.1"))).isFree()).isFalse();
  }

  @Test
  void aVersionIsInForceFromItsStartUntilTheNextOne() {
    PriceVersion one = version(1, FROM, List.of());
    PriceVersion two = version(2, FROM.plusSeconds(86_400), List.of());
    PriceVersions versions = PriceVersions.of(one, two);
    assertThat(versions.at(FROM.minusNanos(1))).isEmpty();
    assertThat(versions.at(FROM)).contains(one);
    assertThat(versions.at(FROM.plusSeconds(86_400).minusNanos(1))).contains(one);
    assertThat(versions.at(FROM.plusSeconds(86_400))).contains(two);
    assertThatIllegalArgumentException().isThrownBy(() -> PriceVersions.of(two, one));
  }

  private static PriceVersion version(int number, Instant from, List<MeterPrice> meters) {
    return new PriceVersion(
        ProductId.of("storage"),
        number,
        from,
        BillingCycle.DAY,
        CurrencyCode.CNY,
        Optional.empty(),
        Optional.empty(),
        CountedPer.ACCOUNT,
        meters);
  }

  private static MeterPrice perUnit(String price) {
    return MeterPrice.of(GB, new PriceModel.PerUnit(new BigDecimal(price)), CounterScope.CYCLE);
  }

  private static Tier tier(String upTo) {
    return new Tier(Optional.of(new BigDecimal(upTo)), BigDecimal.ONE);
  }

  private static Tier open() {
    return new Tier(Optional.empty(), BigDecimal.ONE);
  }
}
