package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first value that is refused and the last one that is not. */
class BoundsOfPricesTest {

  private static final Instant START = Instant.parse("2020-02-29T16:00:00Z");
  private static final Window DAY = new Window(START, START.plusSeconds(86_400));
  private static final ProductId PRODUCT = ProductId.of("storage");
  private static final InstanceId A = InstanceId.of("i-a");
  private static final InstanceId B = InstanceId.of("i-b");
  private static final MeterKey GB = MeterKey.of("gb");
  private static final MeterKey CALLS = MeterKey.of("calls");
  private static final CurrencyCode USD = CurrencyCode.of("USD");

  @Test
  void versionsCountFromOne() {
    assertThat(version(1, START, "", "", List.of()).version()).isEqualTo(1);
    refused(() -> version(0, START, "", "", List.of()), "version must be 1 or more");
  }

  @Test
  void aProductHasAHundredMetersAtMost() {
    assertThat(version(1, START, "", "", meters(100)).meterKeys()).hasSize(100);
    refused(() -> version(1, START, "", "", meters(101)), "meters: at most 100");
  }

  private static List<MeterPrice> meters(int count) {
    return IntStream.range(0, count).mapToObj(i -> perUnit(MeterKey.of("m" + i), "1")).toList();
  }

  @Test
  void aTableHasAHundredTiersAtMost() {
    assertThat(new PriceModel.Volume(tiers(100)).tiers()).hasSize(100);
    refused(() -> new PriceModel.Volume(tiers(101)), "tiers: 1 to 100 are needed");
  }

  private static List<Tier> tiers(int count) {
    List<Tier> tiers = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      tiers.add(tier(Integer.toString(i), "1"));
    }
    tiers.add(open("1"));
    return tiers;
  }

  @Test
  void aTableSaysWhatIsWrongWithIt() {
    refused(
        () -> new PriceModel.Volume(List.of(open("1"), open("1"))),
        "tiers: only the last one has no upTo");
    refused(
        () -> new PriceModel.Volume(List.of(tier("5", "1"), tier("4", "1"), open("1"))),
        "tiers: each upTo must be above the one before");
    refused(
        () -> new PriceModel.Volume(List.of(tier("4", "1"), tier("5", "1"))),
        "tiers: the last one must have no upTo");
    assertThatCode(
            () -> new PriceModel.Volume(List.of(tier("4", "1"), tier("4.5", "1"), open("1"))))
        .doesNotThrowAnyException();
  }

  @Test
  void aFeeAndAMinimumAreNotBelowZeroAndInTheVersionsCurrency() {
    assertThatCode(() -> version(1, START, "0", "0", List.of())).doesNotThrowAnyException();
    refused(() -> version(1, START, "-0.000001", "", List.of()), "flatFee must not be negative");
    refused(() -> version(1, START, "", "-0.000001", List.of()), "minimum must not be negative");
    Optional<Money> dollar = Optional.of(Money.of("1", USD));
    refused(() -> version(dollar, Optional.empty()), "currency: all amounts must be in CNY");
    refused(() -> version(Optional.empty(), dollar), "currency: all amounts must be in CNY");
  }

  private static PriceVersion version(Optional<Money> flatFee, Optional<Money> minimum) {
    return new PriceVersion(
        PRODUCT,
        1,
        START,
        BillingCycle.DAY,
        CurrencyCode.CNY,
        flatFee,
        minimum,
        CountedPer.ACCOUNT,
        List.of());
  }

  @Test
  void aQuantityHasTwentyFourDigitsBeforeThePointAtMost() {
    String largest = "9".repeat(24);
    assertThat(tier(largest, "1").upTo()).contains(new BigDecimal(largest));
    refused(() -> tier("1" + "0".repeat(24), "1"), "of at most 24 integer");
    refused(() -> new PriceModel.Blocks(BigDecimal.ZERO, BigDecimal.ONE), "blockSize must be");
    refused(
        () -> new MeterPrice(GB, unit("1"), CounterScope.CYCLE, amount("-1"), CounterScope.CYCLE),
        "freeAllowance must be 0 or more");
  }

  @Test
  void nothingIsFreeThatCostsAnything() {
    assertThat(version(1, START, "", "", List.of()).isFree()).isTrue();
    assertThat(version(1, START, "0", "0", List.of(perUnit(GB, "0"))).isFree()).isTrue();
    assertThat(version(1, START, "0.000001", "", List.of()).isFree()).isFalse();
    assertThat(version(1, START, "", "0.000001", List.of()).isFree()).isFalse();
    assertThat(version(1, START, "", "", List.of(perUnit(GB, "0"), perUnit(CALLS, "1"))).isFree())
        .isFalse();
    for (PriceModel free :
        List.of(
            new PriceModel.Flat(yuan("0")),
            unit("0.0"),
            new PriceModel.Graduated(List.of(tier("1", "0"), open("0"))),
            new PriceModel.Volume(List.of(tier("1", "0"), open("0"))),
            new PriceModel.Blocks(BigDecimal.ONE, BigDecimal.ZERO))) {
      assertThat(free.isFree()).as(free.toString()).isTrue();
    }
    for (PriceModel chargeable :
        List.of(
            new PriceModel.Flat(yuan("0.000001")),
            unit("0.0000000001"),
            new PriceModel.Graduated(List.of(tier("1", "0"), open("1"))),
            new PriceModel.Volume(List.of(tier("1", "1"), open("0"))),
            new PriceModel.Blocks(BigDecimal.ONE, BigDecimal.ONE))) {
      assertThat(chargeable.isFree()).as(chargeable.toString()).isFalse();
    }
  }

  @Test
  void aMetersPriceIsTheOneThatNamesIt() {
    PriceVersion version =
        version(1, START, "", "", List.of(perUnit(GB, "1"), perUnit(CALLS, "2")));
    assertThat(version.priceOf(CALLS)).contains(perUnit(CALLS, "2"));
    assertThat(version.priceOf(MeterKey.of("other"))).isEmpty();
    assertThat(version.meterKeys()).containsExactly(GB, CALLS);
  }

  @Test
  void versionsFollowOneAnother() {
    PriceVersion first = version(1, START, "", "", List.of());
    PriceVersion second = version(3, START.plusSeconds(1), "", "", List.of());
    PriceVersions both = PriceVersions.of(first, second);
    assertThat(both.endOf(first)).isEqualTo(START.plusSeconds(1));
    assertThat(both.endOf(second)).isEqualTo(Instant.MAX);
    assertThat(both.last()).isEqualTo(second);
    assertThat(both.currency()).isEqualTo(CurrencyCode.CNY);
    refused(() -> new PriceVersions(List.of()), "one version at least");
    refused(
        () -> PriceVersions.of(first, version(2, START, "", "", List.of())),
        "each version must start after the one before");
    refused(
        () -> PriceVersions.of(first, version(1, START.plusSeconds(1), "", "", List.of())),
        "each version must start after the one before");
    for (PriceVersion other :
        List.of(
            of(ProductId.of("other"), BillingCycle.DAY, CurrencyCode.CNY),
            of(PRODUCT, BillingCycle.HOUR, CurrencyCode.CNY),
            of(PRODUCT, BillingCycle.DAY, USD))) {
      refused(() -> PriceVersions.of(first, other), "one product, cycle and currency");
    }
  }

  private static PriceVersion of(ProductId product, BillingCycle cycle, CurrencyCode currency) {
    return new PriceVersion(
        product,
        2,
        START.plusSeconds(1),
        cycle,
        currency,
        Optional.empty(),
        Optional.empty(),
        CountedPer.ACCOUNT,
        List.of());
  }

  /** Before the first version there is nothing to ask but the first one. */
  @Test
  void aCycleIsCountedAsTheVersionAtItsStartSays() {
    PriceVersion perAccount = version(1, START.plusSeconds(10), "", "", List.of());
    PriceVersion perInstance =
        new PriceVersion(
            PRODUCT,
            2,
            START.plusSeconds(20),
            BillingCycle.DAY,
            CurrencyCode.CNY,
            Optional.empty(),
            Optional.empty(),
            CountedPer.INSTANCE,
            List.of());
    PriceVersions both = PriceVersions.of(perAccount, perInstance);
    assertThat(both.countedPer(from(0))).isEqualTo(CountedPer.ACCOUNT);
    assertThat(both.countedPer(from(19))).isEqualTo(CountedPer.ACCOUNT);
    assertThat(both.countedPer(from(20))).isEqualTo(CountedPer.INSTANCE);
  }

  private static Window from(long second) {
    return new Window(START.plusSeconds(second), START.plusSeconds(100));
  }

  @Test
  void aCounterIsNotBelowZero() {
    assertThatCode(() -> new Counter(amount("0"), amount("0"), amount("-1")))
        .doesNotThrowAnyException();
    refused(() -> new Counter(amount("-1"), amount("0"), amount("0")), "must not be negative");
    refused(() -> new Counter(amount("0"), amount("-1"), amount("0")), "must not be negative");
  }

  @Test
  void aQuantityIsNotBelowZeroAndRevisionsCountFromOne() {
    assertThat(usage(A, DAY, "0", 1).quantity()).isEqualTo("0");
    refused(
        () -> usage(A, DAY, "-0.5", 1),
        "the quantity of meter gb of instance i-a from 2020-02-29T16:00:00Z is below zero: -0.5");
    refused(() -> usage(A, DAY, "1", 0), "revisions count from 1");
  }

  @Test
  void usageLiesInItsCycle() {
    Window before = new Window(START.minusSeconds(1), START.plusSeconds(1));
    Window after = new Window(DAY.end().minusSeconds(1), DAY.end().plusSeconds(1));
    assertThat(input(usage(A, DAY, "1", 1)).usage()).hasSize(1);
    refused(() -> input(usage(A, before, "1", 1)), "usage outside of the cycle");
    refused(() -> input(usage(A, after, "1", 1)), "usage outside of the cycle");
  }

  private static CycleInput input(RatedUsage usage) {
    return CycleInput.whole(DAY, prices(), List.of(usage), Map.of());
  }

  @Test
  void whoIsInServiceIsSoInTheCycle() {
    assertThatCode(() -> inService(START.minusSeconds(9), START.plusNanos(1)))
        .doesNotThrowAnyException();
    assertThatCode(() -> inService(DAY.end().minusNanos(1), DAY.end().plusSeconds(9)))
        .doesNotThrowAnyException();
    refused(() -> inService(START.minusSeconds(9), START), "i-a was not in service in");
    refused(() -> inService(DAY.end(), DAY.end().plusSeconds(9)), "i-a was not in service in");
  }

  private static CycleInput inService(Instant start, Instant end) {
    SortedMap<InstanceId, Window> inService = new TreeMap<>(Map.of(A, new Window(start, end)));
    return new CycleInput(
        DAY, prices(), List.of(), inService, SuspensionRule.free(Map.of()), Map.of());
  }

  private static PriceVersions prices() {
    return PriceVersions.of(version(1, START, "", "", List.of(perUnit(GB, "1"))));
  }

  /** By instance, meter and time for an instance; by meter, time and instance for an account. */
  @Test
  void countersTakeUsageInOneOrder() {
    Window first = new Window(START, START.plusSeconds(3_600));
    Window second = new Window(START.plusSeconds(3_600), START.plusSeconds(7_200));
    RatedUsage late = usage(A, second, "1", 1);
    RatedUsage early = usage(B, first, "1", 1);
    assertThat(late).isLessThan(early);
    assertThat(RatedUsage.order(CountedPer.INSTANCE).compare(late, early)).isNegative();
    assertThat(RatedUsage.order(CountedPer.ACCOUNT).compare(late, early)).isPositive();
    RatedUsage sameTime = usage(A, first, "1", 1);
    assertThat(RatedUsage.order(CountedPer.ACCOUNT).compare(sameTime, early)).isNegative();
    assertThat(sameTime).isLessThan(late);
    RatedUsage calls = dimensioned(CALLS, Map.of());
    assertThat(calls).isLessThan(dimensioned(GB, Map.of()));
    assertThat(RatedUsage.order(CountedPer.ACCOUNT).compare(calls, sameTime)).isNegative();
  }

  @Test
  void dimensionsAreComparedNameByNameAndTheShorterComesFirst() {
    RatedUsage none = dimensioned(GB, Map.of());
    RatedUsage hot = dimensioned(GB, Map.of("class", "hot"));
    RatedUsage hotHere = dimensioned(GB, Map.of("class", "hot", "region", "here"));
    RatedUsage warm = dimensioned(GB, Map.of("class", "warm"));
    RatedUsage region = dimensioned(GB, Map.of("region", "a"));
    assertThat(none).isLessThan(hot).isEqualByComparingTo(dimensioned(GB, Map.of()));
    assertThat(hot).isGreaterThan(none).isLessThan(hotHere).isLessThan(warm);
    assertThat(hotHere).isGreaterThan(hot).isLessThan(warm);
    assertThat(warm).isLessThan(region);
    assertThat(hot).isEqualByComparingTo(dimensioned(GB, Map.of("class", "hot")));
    for (CountedPer per : CountedPer.values()) {
      assertThat(RatedUsage.order(per).compare(hot, warm)).isNegative();
      assertThat(RatedUsage.order(per).compare(hot, hot)).isZero();
    }
  }

  private static RatedUsage dimensioned(MeterKey meter, Map<String, String> dimensions) {
    return new RatedUsage(
        A,
        meter,
        new TreeMap<>(dimensions),
        new Window(START, START.plusSeconds(3_600)),
        BigDecimal.ONE,
        1);
  }

  @Test
  void aLegCostsWhatItsKindSays() {
    LineLeg tier =
        LineLeg.of(LineLeg.Kind.PRICE_TIER, amount("3"), Optional.of(amount("0.5")), amount("1.5"));
    assertThat(tier.unitPrice()).contains(amount("0.5"));
    assertThat(
            LineLeg.of(LineLeg.Kind.ALLOWANCE, amount("3"), Optional.empty(), amount("0")).amount())
        .isEqualTo("0");
    assertThat(LineLeg.of(LineLeg.Kind.FLAT_FEE, amount("2"), Optional.empty(), amount("7")).kind())
        .isEqualTo(LineLeg.Kind.FLAT_FEE);
    assertThat(LineLeg.of(LineLeg.Kind.MINIMUM, amount("2"), Optional.empty(), amount("7")).kind())
        .isEqualTo(LineLeg.Kind.MINIMUM);
    assertThat(
            LineLeg.of(LineLeg.Kind.PRICED_LINES, amount("2"), Optional.empty(), amount("-5"))
                .amount())
        .isEqualTo("-5");
    refused(
        () ->
            LineLeg.of(
                LineLeg.Kind.PRICE_TIER, amount("3"), Optional.of(amount("0.5")), amount("1.6")),
        "does not cost 1.6");
    refused(
        () -> LineLeg.of(LineLeg.Kind.PRICE_TIER, amount("3"), Optional.empty(), amount("1")),
        "a price tier has a unit price");
    refused(
        () -> LineLeg.of(LineLeg.Kind.ALLOWANCE, amount("3"), Optional.empty(), amount("1")),
        "does not cost 1");
    refused(() -> new LineLeg.Allowance(amount("0")), "an allowance takes units: 0");
    refused(() -> new LineLeg.FlatFee(amount("1"), amount("-1")), "a flat fee must be 0 or more");
    refused(() -> new LineLeg.Minimum(amount("1"), amount("-1")), "a minimum must be 0 or more");
  }

  @Test
  void legsAreTheSameByWhatTheySayAndNotByTheirDigits() {
    List<LineLeg> legs = List.of(priced("2", "0.50"), new LineLeg.Allowance(amount("3")));
    assertThat(
            LineLeg.same(
                legs, List.of(priced("2.0", "0.5"), new LineLeg.Allowance(amount("3.00")))))
        .isTrue();
    assertThat(LineLeg.same(legs, List.of(priced("2", "0.5")))).isFalse();
    assertThat(LineLeg.same(legs, List.of(priced("2", "0.5"), new LineLeg.Allowance(amount("4")))))
        .isFalse();
    assertThat(LineLeg.same(legs, List.of(priced("4", "0.25"), new LineLeg.Allowance(amount("3")))))
        .isFalse();
    LineLeg fee = new LineLeg.FlatFee(amount("3"), amount("0"));
    assertThat(LineLeg.same(legs, List.of(priced("2", "0.5"), fee))).isFalse();
    assertThat(LineLeg.same(List.of(priced("1", "0")), List.of(priced("1", "0.0")))).isTrue();
    assertThat(LineLeg.same(List.of(priced("0", "1")), List.of(priced("0", "2")))).isFalse();
    assertThat(LineLeg.sum(List.of(priced("2", "0.5"), priced("-1", "3"), priced("1", "0.25"))))
        .isEqualByComparingTo("-1.75");
  }

  /** A line differs from its legs by less than a millionth, which is rounding. */
  @Test
  void aLineCostsWhatItsLegsCost() {
    assertThatCode(() -> rated("1.000001", "1.0000001")).doesNotThrowAnyException();
    assertThatCode(() -> rated("0.999999", "0.9999999999")).doesNotThrowAnyException();
    refused(() -> rated("1.000001", "1"), "1.000001 CNY is not what");
    refused(() -> rated("0.999999", "1"), "0.999999 CNY is not what");
  }

  private static Rating rated(String amount, String leg) {
    return new Rating(
        Counter.ZERO,
        Counter.ZERO,
        1,
        List.of(priced(leg, "1")),
        Rating.Basis.PRICED,
        yuan(amount));
  }

  private static LineLeg priced(String quantity, String price) {
    return new LineLeg.PriceTier(amount(quantity), amount(price));
  }

  private static void refused(Runnable work, String why) {
    assertThatIllegalArgumentException().isThrownBy(work::run).withMessageContaining(why);
  }

  private static PriceVersion version(
      int number, Instant from, String flatFee, String minimum, List<MeterPrice> meters) {
    return new PriceVersion(
        PRODUCT,
        number,
        from,
        BillingCycle.DAY,
        CurrencyCode.CNY,
        flatFee.isEmpty() ? Optional.empty() : Optional.of(yuan(flatFee)),
        minimum.isEmpty() ? Optional.empty() : Optional.of(yuan(minimum)),
        CountedPer.ACCOUNT,
        meters);
  }

  private static MeterPrice perUnit(MeterKey meter, String price) {
    return MeterPrice.of(meter, unit(price), CounterScope.CYCLE);
  }

  private static PriceModel unit(String price) {
    return new PriceModel.PerUnit(amount(price));
  }

  private static RatedUsage usage(
      InstanceId instance, Window window, String quantity, int revision) {
    return new RatedUsage(instance, GB, new TreeMap<>(), window, amount(quantity), revision);
  }

  private static Tier tier(String upTo, String price) {
    return new Tier(Optional.of(amount(upTo)), amount(price));
  }

  private static Tier open(String price) {
    return new Tier(Optional.empty(), amount(price));
  }

  private static BigDecimal amount(String number) {
    return new BigDecimal(number);
  }

  private static Money yuan(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
