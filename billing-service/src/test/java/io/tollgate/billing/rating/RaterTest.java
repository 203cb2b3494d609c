package io.tollgate.billing.rating;

import static io.tollgate.billing.rating.PriceModels.BLOCKS;
import static io.tollgate.billing.rating.PriceModels.GRADUATED;
import static io.tollgate.billing.rating.PriceModels.VOLUME;
import static io.tollgate.billing.rating.PriceModels.last;
import static io.tollgate.billing.rating.PriceModels.split;
import static io.tollgate.billing.rating.PriceModels.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.rating.RatedLine.Kind;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Amounts are worked out by hand. */
class RaterTest {

  private static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;
  private static final LocalDate FIRST = LocalDate.of(2020, 3, 1);
  private static final Window MARCH = CALENDAR.monthOf(CALENDAR.startOf(FIRST));
  private static final ProductId PRODUCT = ProductId.of("storage");
  private static final InstanceId A = InstanceId.of("i-a");
  private static final InstanceId B = InstanceId.of("i-b");
  private static final MeterKey GB = MeterKey.of("gb");
  private static final MeterKey REQUESTS = MeterKey.of("requests");

  private final Rater rater = new Rater(CALENDAR);

  @Test
  void aUnitPriceTimesTheQuantityIsTheLine() {
    assertThat(priceOfOneLine(perUnit("0.25"), "0")).isEqualTo("0.000000");
    assertThat(priceOfOneLine(perUnit("0.25"), "1")).isEqualTo("0.250000");
    assertThat(priceOfOneLine(perUnit("0.25"), "2.5")).isEqualTo("0.625000");
  }

  @Test
  void aLineIsRoundedOnceHalfUpToSixDigits() {
    assertThat(priceOfOneLine(perUnit("0.0000005"), "1")).isEqualTo("0.000001");
    assertThat(priceOfOneLine(perUnit("0.0000004999"), "1")).isEqualTo("0.000000");
    assertThat(priceOfOneLine(perUnit("0.0000000001"), "4999.999999999999999999"))
        .isEqualTo("0.000000");
    assertThat(priceOfOneLine(perUnit("0.0000000001"), "5000")).isEqualTo("0.000001");
    // Two tiers of 0.0000004 each are rounded together: 0.0000008, not 0 + 0.
    PriceModel twoTiers =
        new PriceModel.Graduated(List.of(tier("1", "0.0000004"), last("0.0000004")));
    assertThat(priceOfOneLine(twoTiers, "2")).isEqualTo("0.000001");
  }

  @Test
  void graduatedTiersPriceEachUnitInItsTier() {
    assertThat(priceOfOneLine(GRADUATED, "0")).isEqualTo("0.000000");
    assertThat(priceOfOneLine(GRADUATED, "9.999999")).isEqualTo("9.999999");
    assertThat(priceOfOneLine(GRADUATED, "10")).isEqualTo("10.000000");
    assertThat(priceOfOneLine(GRADUATED, "10.000002")).isEqualTo("10.000001");
    assertThat(priceOfOneLine(GRADUATED, "11")).isEqualTo("10.500000");
    assertThat(priceOfOneLine(GRADUATED, "19")).isEqualTo("14.500000");
    assertThat(priceOfOneLine(GRADUATED, "20")).isEqualTo("15.000000");
    assertThat(priceOfOneLine(GRADUATED, "21")).isEqualTo("15.100000");
    assertThat(priceOfOneLine(GRADUATED, "120")).isEqualTo("25.000000");
  }

  @Test
  void aGraduatedLineShowsItsTiers() {
    RatedLine line = rate(cycleCounter(GRADUATED), day(1, "21")).lines().getFirst();
    assertThat(line.rating().legs())
        .containsExactly(split("10", "1"), split("10", "0.5"), split("1", "0.1"));
  }

  @Test
  void volumeTiersPriceAllUnitsByTheWholeQuantity() {
    assertThat(priceOfOneLine(VOLUME, "0")).isEqualTo("0.000000");
    assertThat(priceOfOneLine(VOLUME, "99")).isEqualTo("99.000000");
    assertThat(priceOfOneLine(VOLUME, "100")).isEqualTo("100.000000");
    assertThat(priceOfOneLine(VOLUME, "100.5")).isEqualTo("50.250000");
    assertThat(priceOfOneLine(VOLUME, "101")).isEqualTo("50.500000");
  }

  @Test
  void eachStartedBlockCostsAsAWhole() {
    assertThat(priceOfOneLine(BLOCKS, "0")).isEqualTo("0.000000");
    assertThat(priceOfOneLine(BLOCKS, "0.000000000000000001")).isEqualTo("3.000000");
    assertThat(priceOfOneLine(BLOCKS, "9")).isEqualTo("3.000000");
    assertThat(priceOfOneLine(BLOCKS, "10")).isEqualTo("3.000000");
    assertThat(priceOfOneLine(BLOCKS, "10.1")).isEqualTo("6.000000");
  }

  @Test
  void aStartedBlockIsNotStartedAgainByTheNextWindow() {
    RatedCycle cycle = rate(cycleCounter(BLOCKS), day(1, "4"), day(2, "6"), day(3, "1"));
    assertThat(amounts(cycle)).containsExactly("3.000000", "0.000000", "3.000000");
    assertThat(cycle.lines().get(1).rating().legs()).isEmpty();
  }

  @Test
  void aFlatMeterCostsOnceAndOnlyWhenUsed() {
    PriceModel flat = new PriceModel.Flat(yuan("12"));
    assertThat(amounts(rate(cycleCounter(flat), day(1, "0"), day(2, "5"), day(3, "7"))))
        .containsExactly("0.000000", "12.000000", "0.000000");
  }

  @Test
  void tiersCountOverTheCyclesWindowsWhateverOrderTheyComeIn() {
    RatedCycle cycle = rate(cycleCounter(GRADUATED), day(3, "6"), day(1, "6"), day(2, "6"));
    // 6 x 1; 4 x 1 + 2 x 0.5; 6 x 0.5
    assertThat(amounts(cycle)).containsExactly("6.000000", "5.000000", "3.000000");
    assertThat(cycle.total()).isEqualTo(yuan("14"));
  }

  @Test
  void linesOfACycleAddUpToTheRoundedPriceOfTheWhole() {
    RatedCycle cycle =
        rate(cycleCounter(perUnit("0.0000015")), day(1, "1"), day(2, "1"), day(3, "1"));
    assertThat(amounts(cycle)).containsExactly("0.000002", "0.000001", "0.000002");
    assertThat(cycle.total()).isEqualTo(yuan("0.000005"));
  }

  @Test
  void threeCyclesOfAMonthToDateCounterCostFiveMillionthsTogether() {
    List<String> amounts = overDays(monthly(perUnit("0.0000015")), "1", "1", "1");
    assertThat(amounts).containsExactly("0.000002", "0.000001", "0.000002");
  }

  @Test
  void cyclesWithTheirOwnCountersAreRoundedAlone() {
    List<String> amounts = overDays(cycleCounter(perUnit("0.0000015")), "1", "1", "1");
    assertThat(amounts).containsExactly("0.000002", "0.000002", "0.000002");
  }

  @Test
  void volumeTiersMonthToDateGiveBackWhatTheLowerTierCost() {
    assertThat(overDays(monthly(VOLUME), "100", "1", "1"))
        .containsExactly("100.000000", "-49.500000", "0.500000");
    RatedLine line = rate(monthly(VOLUME), day(1, "100"), day(2, "1")).lines().get(1);
    assertThat(line.rating().legs()).containsExactly(split("101", "0.5"), split("-100", "1"));
  }

  @Test
  void tiersMonthToDateGoOnInTheNextCycle() {
    assertThat(overDays(monthly(GRADUATED), "8", "4", "9"))
        // 8; 2 + 2 x 0.5; 8 x 0.5 + 1 x 0.1
        .containsExactly("8.000000", "3.000000", "4.100000");
    assertThat(overDays(cycleCounter(GRADUATED), "8", "4", "9"))
        .containsExactly("8.000000", "4.000000", "9.000000");
  }

  @Test
  void countersCarryOverAVersionChange() {
    PriceModel v1 = new PriceModel.Graduated(List.of(tier("100", "1"), last("5")));
    PriceModel v2 = new PriceModel.Graduated(List.of(tier("100", "2"), last("1")));
    PriceVersions prices =
        PriceVersions.of(
            version(1, FIRST, monthly(v1)), version(2, FIRST.plusDays(1), monthly(v2)));
    RatedCycle cycle =
        rater.rate(CycleInput.whole(MARCH, prices, List.of(day(1, "80"), day(2, "40")), Map.of()));
    assertThat(amounts(cycle)).containsExactly("80.000000", "60.000000");
    assertThat(cycle.total()).isEqualTo(yuan("140"));
    assertThat(cycle.lines())
        .extracting(line -> line.rating().priceVersion())
        .containsExactly(1, 2);
    assertThat(cycle.lines().get(1).rating().legs())
        .containsExactly(split("20", "2"), split("20", "1"));
    assertThat(cycle.lines().get(1).rating().counterBefore().units()).isEqualByComparingTo("80");
    assertThat(cycle.lines().get(1).rating().counterAfter().units()).isEqualByComparingTo("120");
  }

  @Test
  void aWindowTakesTheVersionInForceAtItsStart() {
    PriceVersions prices =
        PriceVersions.of(
            version(1, FIRST, cycleCounter(perUnit("1"))),
            version(2, FIRST.plusDays(1), cycleCounter(perUnit("2"))),
            version(3, FIRST.plusDays(2), cycleCounter(perUnit("3"))));
    RatedUsage second = usage(B, GB, 1, "1");
    RatedCycle cycle =
        rater.rate(
            CycleInput.whole(
                MARCH, prices, List.of(day(1, "1"), day(2, "1"), day(5, "1"), second), Map.of()));
    assertThat(amounts(cycle)).containsExactly("1.000000", "2.000000", "3.000000", "1.000000");
  }

  @Test
  void freeUnitsOfACycleComeFirstAndAreNotCountedByTiers() {
    MeterPrice price =
        new MeterPrice(GB, GRADUATED, CounterScope.CYCLE, new BigDecimal("5"), CounterScope.CYCLE);
    RatedCycle below = rate(price, day(1, "4"));
    assertThat(amounts(below)).containsExactly("0.000000");
    assertThat(amounts(rate(price, day(1, "5")))).containsExactly("0.000000");
    RatedCycle across = rate(price, day(1, "4"), day(2, "12"));
    // 1 free, then 10 x 1 + 1 x 0.5
    assertThat(amounts(across)).containsExactly("0.000000", "10.500000");
    assertThat(across.lines())
        .extracting(line -> line.rating().legs())
        .containsExactly(
            List.of(free("4")), List.of(free("1"), split("10", "1"), split("1", "0.5")));
    assertThat(overDays(price, "6", "6")).containsExactly("1.000000", "1.000000");
  }

  @Test
  void freeUnitsOfAMonthAreUsedUpOverItsCycles() {
    MeterPrice price =
        new MeterPrice(
            GB, perUnit("1"), CounterScope.CYCLE, new BigDecimal("5"), CounterScope.MONTH_TO_DATE);
    assertThat(overDays(price, "3", "3", "3")).containsExactly("0.000000", "1.000000", "3.000000");
  }

  /** 5 of the first day's 8 units were free; the second day has a version without free units. */
  @Test
  void theFreeUnitsOfAMonthStayCountedWhenAVersionDropsTheAllowance() {
    MeterPrice before =
        new MeterPrice(
            GB,
            perUnit("1"),
            CounterScope.MONTH_TO_DATE,
            new BigDecimal("5"),
            CounterScope.MONTH_TO_DATE);
    Rating second = secondDay(before, monthly(perUnit("1")));
    assertThat(second.counterBefore()).isEqualTo(counter("5", "3", "3"));
    assertThat(second.counterAfter()).isEqualTo(counter("5", "7", "7"));
    assertThat(second.legs()).containsExactly(split("4", "1"));
  }

  /** Without an allowance nothing counts over the month, whatever its scope would be. */
  @Test
  void aCounterOfTheCycleShowsNoFreeUnitsOfTheMonthWhenAVersionDropsTheAllowance() {
    MeterPrice before =
        new MeterPrice(
            GB, perUnit("1"), CounterScope.CYCLE, new BigDecimal("5"), CounterScope.MONTH_TO_DATE);
    MeterPrice after =
        new MeterPrice(
            GB, perUnit("1"), CounterScope.CYCLE, BigDecimal.ZERO, CounterScope.MONTH_TO_DATE);
    Rating second = secondDay(before, after);
    assertThat(second.counterBefore()).isEqualTo(Counter.ZERO);
    assertThat(second.counterAfter()).isEqualTo(counter("0", "4", "4"));
  }

  /** Each day is a cycle; 8 units on the first, 4 on the second, when another version begins. */
  private Rating secondDay(MeterPrice first, MeterPrice second) {
    PriceVersions prices =
        PriceVersions.of(version(1, FIRST, first), version(2, FIRST.plusDays(1), second));
    RatedCycle dayOne =
        rater.rate(CycleInput.whole(day(1, "8").window(), prices, List.of(day(1, "8")), Map.of()));
    RatedUsage later = day(2, "4");
    RatedCycle dayTwo =
        rater.rate(CycleInput.whole(later.window(), prices, List.of(later), dayOne.monthToDate()));
    assertThat(amounts(dayOne)).containsExactly("3.000000");
    assertThat(amounts(dayTwo)).containsExactly("4.000000");
    return dayTwo.lines().getFirst().rating();
  }

  private static Counter counter(String freeUnits, String units, String amount) {
    return new Counter(new BigDecimal(freeUnits), new BigDecimal(units), new BigDecimal(amount));
  }

  @Test
  void whatLacksOfTheMinimumIsToppedUp() {
    assertThat(withMinimum("10", "4").lines())
        .extracting(RatedLine::kind)
        .containsExactly(Kind.USAGE, Kind.MINIMUM);
    assertThat(amounts(withMinimum("10", "4"))).containsExactly("4.000000", "6.000000");
    assertThat(amounts(withMinimum("10", "9.999999"))).containsExactly("9.999999", "0.000001");
    assertThat(amounts(withMinimum("10", "10"))).containsExactly("10.000000");
    assertThat(amounts(withMinimum("10", "11"))).containsExactly("11.000000");
  }

  /** A bill showed only what lacked, and nobody could tell of what. */
  @Test
  void aTopUpShowsTheMinimumAndWhatCameToIt() {
    RatedLine topUp = withMinimum("10", "4").lines().getLast();
    assertThat(topUp.rating().legs())
        .extracting(leg -> leg.kind() + " " + leg.amount().stripTrailingZeros().toPlainString())
        .containsExactly("MINIMUM 10", "PRICED_LINES -4");
    assertThat(topUp.amount().toString()).isEqualTo("6.000000 CNY");
  }

  @Test
  void flatFeesCountTowardsTheMinimum() {
    PriceVersion version =
        version(1, FIRST, Optional.of(yuan("7")), Optional.of(yuan("10")), monthly(perUnit("1")));
    RatedCycle cycle =
        rater.rate(
            CycleInput.whole(MARCH, PriceVersions.of(version), List.of(day(1, "1")), Map.of()));
    assertThat(amounts(cycle)).containsExactly("1.000000", "7.000000", "2.000000");
    assertThat(cycle.total()).isEqualTo(yuan("10"));
  }

  @Test
  void inAPartCycleFlatFeeAndMinimumCountStartedDays() {
    PriceVersion version =
        version(1, FIRST, Optional.of(yuan("10")), Optional.of(yuan("31")), monthly(perUnit("1")));
    // In service from the 10th at 15:00: 22 of 31 days. 10 x 22/31 = 7.0967741..; minimum 22.
    Instant opened = CALENDAR.startOf(FIRST.plusDays(9)).plusSeconds(15 * 3_600);
    SortedMap<InstanceId, Window> inService = new TreeMap<>();
    inService.put(A, new Window(opened, MARCH.end().plusSeconds(1)));
    RatedCycle cycle =
        rater.rate(
            new CycleInput(
                MARCH,
                PriceVersions.of(version),
                List.of(day(10, "1")),
                inService,
                SuspensionRule.free(Map.of()),
                Map.of()));
    assertThat(amounts(cycle)).containsExactly("1.000000", "7.096774", "13.903226");
    assertThat(cycle.lines().get(1).quantity()).isEqualByComparingTo("22");
    assertThat(cycle.total()).isEqualTo(yuan("22"));
  }

  @Test
  void anInstanceInServicePaysFlatFeeAndMinimumWithoutUsage() {
    PriceVersion version =
        version(1, FIRST, Optional.of(yuan("3")), Optional.of(yuan("5")), monthly(perUnit("1")));
    SortedMap<InstanceId, Window> inService = new TreeMap<>(Map.of(A, MARCH, B, MARCH));
    RatedCycle cycle =
        rater.rate(
            new CycleInput(
                MARCH,
                PriceVersions.of(version),
                List.of(),
                inService,
                SuspensionRule.free(Map.of()),
                Map.of()));
    assertThat(amounts(cycle)).containsExactly("3.000000", "2.000000", "3.000000", "2.000000");
  }

  @Test
  void countersCountPerInstanceAndMeterButNotPerDimension() {
    PriceVersions prices =
        PriceVersions.of(
            version(
                1,
                FIRST,
                cycleCounter(GRADUATED),
                MeterPrice.of(REQUESTS, GRADUATED, CounterScope.CYCLE)));
    RatedUsage hot = inRegion("hot", "8");
    RatedUsage cold = inRegion("cold", "8");
    RatedCycle cycle =
        rater.rate(
            CycleInput.whole(
                MARCH,
                prices,
                List.of(usage(A, REQUESTS, 1, "8"), hot, cold, usage(B, GB, 1, "8")),
                Map.of()));
    // cold comes before hot: 8; 2 + 6 x 0.5; then the other meter and the other instance.
    assertThat(amounts(cycle)).containsExactly("8.000000", "5.000000", "8.000000", "8.000000");
  }

  @Test
  void usageOfAMeterWithoutPriceIsALineOfNothing() {
    RatedCycle cycle = rate(cycleCounter(GRADUATED), usage(A, REQUESTS, 1, "8"));
    assertThat(amounts(cycle)).containsExactly("0.000000");
    assertThat(cycle.lines().getFirst().quantity()).isEqualByComparingTo("8");
  }

  @Test
  void usageBeforeTheFirstVersionIsRefused() {
    PriceVersions prices =
        PriceVersions.of(version(1, FIRST.plusDays(1), cycleCounter(perUnit("1"))));
    CycleInput input = CycleInput.whole(MARCH, prices, List.of(day(1, "1")), Map.of());
    assertThatThrownBy(() -> rater.rate(input)).isInstanceOf(UnpricedUsageException.class);
  }

  @Test
  void oneSeriesAndWindowTwiceIsRefused() {
    PriceVersions prices = PriceVersions.of(version(1, FIRST, cycleCounter(perUnit("1"))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CycleInput.whole(MARCH, prices, List.of(day(1, "1"), day(1, "2")), Map.of()));
  }

  @Test
  void usageOutsideOfTheCycleIsRefused() {
    PriceVersions prices = PriceVersions.of(version(1, FIRST, cycleCounter(perUnit("1"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CycleInput.whole(MARCH, prices, List.of(day(32, "1")), Map.of()));
  }

  private String priceOfOneLine(PriceModel model, String quantity) {
    RatedCycle cycle = rate(cycleCounter(model), day(1, quantity));
    assertThat(cycle.lines()).hasSize(1);
    assertThat(cycle.total()).isEqualTo(cycle.lines().getFirst().amount());
    return cycle.total().amount().toPlainString();
  }

  private RatedCycle rate(MeterPrice price, RatedUsage... usage) {
    return rater.rate(
        CycleInput.whole(
            MARCH, PriceVersions.of(version(1, FIRST, price)), Arrays.asList(usage), Map.of()));
  }

  /** Rates days 1, 2, ... as cycles of their own that hand their counters on. */
  private List<String> overDays(MeterPrice price, String... quantities) {
    PriceVersions prices = PriceVersions.of(version(1, FIRST, price));
    List<String> amounts = new ArrayList<>();
    Map<CounterKey, Counter> counters = Map.of();
    for (int i = 0; i < quantities.length; i++) {
      RatedUsage usage = day(i + 1, quantities[i]);
      RatedCycle cycle =
          rater.rate(CycleInput.whole(usage.window(), prices, List.of(usage), counters));
      counters = cycle.monthToDate();
      amounts.addAll(amounts(cycle));
    }
    return amounts;
  }

  private RatedCycle withMinimum(String minimum, String quantity) {
    PriceVersion version =
        version(1, FIRST, Optional.empty(), Optional.of(yuan(minimum)), cycleCounter(perUnit("1")));
    return rater.rate(
        CycleInput.whole(MARCH, PriceVersions.of(version), List.of(day(1, quantity)), Map.of()));
  }

  private static List<String> amounts(RatedCycle cycle) {
    return cycle.lines().stream().map(line -> line.amount().amount().toPlainString()).toList();
  }

  private static PriceVersion version(int number, LocalDate from, MeterPrice... meters) {
    return version(number, from, Optional.empty(), Optional.empty(), meters);
  }

  private static PriceVersion version(
      int number,
      LocalDate from,
      Optional<Money> flatFee,
      Optional<Money> minimum,
      MeterPrice... meters) {
    return new PriceVersion(
        PRODUCT,
        number,
        CALENDAR.startOf(from),
        BillingCycle.DAY,
        CurrencyCode.CNY,
        flatFee,
        minimum,
        CountedPer.INSTANCE,
        Arrays.asList(meters));
  }

  private static MeterPrice cycleCounter(PriceModel model) {
    return MeterPrice.of(GB, model, CounterScope.CYCLE);
  }

  private static MeterPrice monthly(PriceModel model) {
    return MeterPrice.of(GB, model, CounterScope.MONTH_TO_DATE);
  }

  private static PriceModel perUnit(String price) {
    return new PriceModel.PerUnit(new BigDecimal(price));
  }

  private static LineLeg free(String quantity) {
    return new LineLeg.Allowance(new BigDecimal(quantity));
  }

  private static Money yuan(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }

  private static RatedUsage day(int dayOfMarch, String quantity) {
    return usage(A, GB, dayOfMarch, quantity);
  }

  private static RatedUsage usage(
      InstanceId instance, MeterKey meter, int dayOfMarch, String quantity) {
    return new RatedUsage(
        instance,
        meter,
        Collections.emptySortedMap(),
        CALENDAR.dayOf(FIRST.plusDays(dayOfMarch - 1L)),
        new BigDecimal(quantity),
        1);
  }

  private static RatedUsage inRegion(String region, String quantity) {
    return new RatedUsage(
        A,
        GB,
        new TreeMap<>(Map.of("region", region)),
        CALENDAR.dayOf(FIRST),
        new BigDecimal(quantity),
        1);
  }
}
