package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.rating.RatedLine.Kind;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.SuspendedUsage;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Tiers, allowances and minimums that count for an account or for each of its instances, and what a
 * suspension takes out of them (section 1, section 6).
 */
class CountedPerTest {
  private static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;
  private static final LocalDate FIRST = LocalDate.of(2020, 3, 1);
  private static final Window MARCH = CALENDAR.monthOf(CALENDAR.startOf(FIRST));
  private static final InstanceId A = InstanceId.of("i-a");
  private static final InstanceId B = InstanceId.of("i-b");
  private static final MeterKey UNITS = MeterKey.of("units");

  private final Rater rater = new Rater(CALENDAR);

  private boolean retainedStorageCharged;
  private String flatFee = "";
  private String minimum = "";
  private CountedPer countedPer = CountedPer.ACCOUNT;
  private final List<RatedUsage> usage = new ArrayList<>();
  private final SortedMap<InstanceId, Window> inService = new TreeMap<>();
  private final Map<InstanceId, List<Window>> suspended = new TreeMap<>();

  @Test
  void theFreeUnitsOfAnAccountAreUsedUpByItsInstancesTogether() {
    // 100 free a month; in one hour i-b uses 60 and i-a 80: i-a comes first, and i-b pays for 40.
    Window hour = new Window(MARCH.start(), MARCH.start().plusSeconds(3_600));
    usage.add(of(B, hour, "60"));
    usage.add(of(A, hour, "80"));
    RatedCycle rated = rate(hundredFree());
    assertThat(rated.lines())
        .extracting(line -> line.instance().orElseThrow())
        .containsExactly(A, B);
    assertThat(amounts(rated)).containsExactly("0.000000", "40.000000");
    assertThat(rated.lines().getLast().rating().legs().getFirst())
        .isEqualTo(new LineLeg.Allowance(new BigDecimal("20")));
    assertThat(rated.lines().getLast().rating().counterBefore().freeUnits())
        .isEqualByComparingTo("80");
    assertThat(rated.lines().getLast().rating().counterAfter().units()).isEqualByComparingTo("40");
    assertThat(rated.monthToDate()).containsOnlyKeys(CounterKey.ofAccount(UNITS));
  }

  @Test
  void theFreeUnitsOfEachInstanceAreItsOwn() {
    countedPer = CountedPer.INSTANCE;
    usage.add(of(A, MARCH, "80"));
    usage.add(of(B, MARCH, "60"));
    RatedCycle rated = rate(hundredFree());
    assertThat(amounts(rated)).containsExactly("0.000000", "0.000000");
    assertThat(rated.monthToDate())
        .containsOnlyKeys(CounterKey.ofInstance(A, UNITS), CounterKey.ofInstance(B, UNITS));
  }

  @Test
  void whatAnEarlierWindowTookIsTakenWhateverTheInstancesAreCalled() {
    usage.add(of(A, day(2), "80"));
    usage.add(of(B, day(1), "60"));
    // i-b takes 60 of the free units on the 1st; i-a has 40 left and pays for 40.
    assertThat(amounts(rate(hundredFree()))).containsExactly("0.000000", "40.000000");
  }

  @Test
  void threeCyclesOfThreeInstancesCostFiveMillionthsTogether() {
    Map<CounterKey, Counter> counters = Map.of();
    List<String> amounts = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      PriceVersions prices = PriceVersions.of(version(1, FIRST, perUnit("0.0000015")));
      List<RatedUsage> ofDay = List.of(of(InstanceId.of("i-" + i), day(i), "1"));
      RatedCycle rated = rater.rate(CycleInput.whole(day(i), prices, ofDay, counters));
      counters = rated.monthToDate();
      amounts.addAll(amounts(rated));
    }
    assertThat(amounts).containsExactly("0.000002", "0.000001", "0.000002");
  }

  @Test
  void anAccountsCounterCarriesOverAVersionChange() {
    PriceModel v1 = tiers("100", "1", "5");
    PriceModel v2 = tiers("100", "2", "1");
    usage.add(of(A, day(1), "80"));
    usage.add(of(B, day(2), "40"));
    PriceVersions prices =
        PriceVersions.of(version(1, FIRST, v1), version(2, FIRST.plusDays(1), v2));
    RatedCycle rated = rater.rate(CycleInput.whole(MARCH, prices, usage, Map.of()));
    // 80 x 1; 20 x 2 + 20 x 1
    assertThat(amounts(rated)).containsExactly("80.000000", "60.000000");
    assertThat(rated.total()).isEqualTo(yuan("140"));
  }

  @Test
  void theUnitThatLowersTheWholeVolumesPriceGivesBack() {
    PriceModel volume =
        new PriceModel.Volume(
            List.of(
                new Tier(Optional.of(new BigDecimal("100")), BigDecimal.ONE),
                new Tier(Optional.empty(), new BigDecimal("0.5"))));
    usage.add(of(A, day(1), "100"));
    usage.add(of(B, day(2), "1"));
    assertThat(amounts(rate(volume))).containsExactly("100.000000", "-49.500000");
  }

  @Test
  void aFlatAmountOfAnAccountIsChargedToItsFirstUserOnly() {
    usage.add(of(A, day(2), "1"));
    usage.add(of(B, day(1), "1"));
    PriceModel flat = new PriceModel.Flat(yuan("12"));
    RatedCycle rated =
        rater.rate(
            CycleInput.whole(
                MARCH,
                PriceVersions.of(version(1, FIRST, MeterPrice.of(UNITS, flat, CounterScope.CYCLE))),
                usage,
                Map.of()));
    assertThat(amounts(rated)).containsExactly("12.000000", "0.000000");
  }

  @Test
  void anAccountsMinimumIsToppedUpOnceAndAnInstancesForEach() {
    minimum = "10";
    usage.add(of(A, day(1), "3"));
    usage.add(of(B, day(1), "4"));
    inService.putAll(Map.of(A, MARCH, B, MARCH));
    RatedCycle shared = rate(perUnit("1"));
    assertThat(amounts(shared)).containsExactly("3.000000", "4.000000", "3.000000");
    assertThat(shared.lines().getLast().instance()).isEmpty();
    assertThat(shared.total()).isEqualTo(yuan("10"));
    countedPer = CountedPer.INSTANCE;
    RatedCycle alone = rate(perUnit("1"));
    assertThat(amounts(alone)).containsExactly("3.000000", "4.000000", "7.000000", "6.000000");
    assertThat(alone.total()).isEqualTo(yuan("20"));
  }

  @Test
  void flatFeesOfAllInstancesCountTowardsTheAccountsMinimum() {
    flatFee = "4";
    minimum = "10";
    inService.putAll(Map.of(A, MARCH, B, MARCH));
    assertThat(amounts(rate(perUnit("1")))).containsExactly("4.000000", "4.000000", "2.000000");
  }

  @Test
  void anAccountsMinimumCountsTheDaysOnWhichAnyInstanceWasInService() {
    minimum = "31";
    // From the 10th at 15:00: 22 of 31 days, however many instances join later.
    inService.put(A, new Window(day(10).start().plusSeconds(54_000), MARCH.end()));
    inService.put(B, new Window(day(20).start(), MARCH.end()));
    usage.add(of(A, day(10), "2"));
    RatedCycle rated = rate(perUnit("1"));
    assertThat(amounts(rated)).containsExactly("2.000000", "20.000000");
    assertThat(rated.lines().getLast().quantity()).isEqualByComparingTo("22");
    // 5 days of one and 12 of the other, with a gap between them.
    inService.put(A, new Window(MARCH.start(), day(6).start()));
    usage.clear();
    assertThat(amounts(rate(perUnit("1")))).containsExactly("17.000000");
  }

  @Test
  void aSuspendedInstanceBearsFeesForTheDaysOnWhichItRan() {
    flatFee = "31";
    inService.put(A, MARCH);
    // From 3 March 00:02 to 6 March 10:00: the 4th and 5th cost nothing.
    suspended.put(
        A,
        List.of(new Window(day(3).start().plusSeconds(120), day(6).start().plusSeconds(36_000))));
    assertThat(amounts(rate(perUnit("1")))).containsExactly("29.000000");
    minimum = "31";
    flatFee = "";
    assertThat(amounts(rate(perUnit("1")))).containsExactly("29.000000");
  }

  @Test
  void aDayOfASuspensionCostsNothingButTheOneItBegan() {
    flatFee = "24";
    minimum = "30";
    inService.put(A, new Window(MARCH.start(), Instant.MAX));
    suspended.put(A, List.of(new Window(day(3).start().plusSeconds(120), Instant.MAX)));
    // The minimum's rest on the 3rd is 30 - 24.
    assertThat(amounts(rate(day(3), perUnit("1")))).containsExactly("24.000000", "6.000000");
    assertThat(rate(day(4), perUnit("1")).lines()).isEmpty();
    assertThat(rate(day(5), perUnit("1")).lines()).isEmpty();
  }

  @Test
  void usageOfASuspendedInstanceCostsNothingSaysSoAndMovesNoCounter() {
    usage.add(of(A, day(1), "90"));
    usage.add(of(A, day(4), "7"));
    usage.add(of(A, day(6), "20"));
    inService.put(A, MARCH);
    suspended.put(A, List.of(new Window(day(3).start().plusSeconds(120), day(6).start())));
    RatedCycle rated = rate(tiers("100", "1", "3"));
    // 90 x 1; nothing; 10 x 1 + 10 x 3
    assertThat(amounts(rated)).containsExactly("90.000000", "0.000000", "40.000000");
    assertThat(rated.lines())
        .extracting(line -> line.rating().basis())
        .containsExactly(Rating.Basis.PRICED, Rating.Basis.SUSPENDED, Rating.Basis.PRICED);
    assertThat(rated.lines().get(1).quantity()).isEqualByComparingTo("7");
  }

  @Test
  void anotherInstanceIsChargedWhileOneIsSuspended() {
    minimum = "31";
    usage.add(of(A, day(4), "7"));
    usage.add(of(B, day(4), "5"));
    inService.putAll(Map.of(A, MARCH, B, MARCH));
    suspended.put(A, List.of(new Window(MARCH.start(), MARCH.end())));
    RatedCycle rated = rate(perUnit("1"));
    assertThat(amounts(rated)).containsExactly("0.000000", "5.000000", "26.000000");
    assertThat(rated.lines().getLast().kind()).isEqualTo(Kind.MINIMUM);
  }

  /** 5 units before the suspension, 3 in it, 2 after it, on one day. */
  @Test
  void ofADayThatASuspensionCutsWhatWasUsedInItCostsNothing() {
    usage.add(of(A, day(3), "7"));
    usage.add(whileSuspended(A, day(3), "3"));
    suspended.put(A, List.of(new Window(day(3).start().plusSeconds(120), day(3).end())));
    RatedCycle rated = rate(perUnit("1"));
    assertThat(amounts(rated)).containsExactly("7.000000", "0.000000");
    assertThat(rated.lines().getLast().rating().basis()).isEqualTo(Rating.Basis.SUSPENDED);
  }

  @Test
  void whereRetainedStorageIsChargedWhatWasUsedInASuspensionIsToo() {
    retainedStorageCharged = true;
    usage.add(of(A, day(3), "7"));
    usage.add(whileSuspended(A, day(3), "3"));
    assertThat(amounts(rate(perUnit("1")))).containsExactly("7.000000", "3.000000");
  }

  private static RatedUsage whileSuspended(InstanceId instance, Window window, String quantity) {
    return new RatedUsage(
        instance,
        UNITS,
        new TreeMap<>(Map.of(SuspendedUsage.DIMENSION, SuspendedUsage.MARK)),
        window,
        new BigDecimal(quantity),
        1);
  }

  private SuspensionRule suspensions() {
    return retainedStorageCharged ? SuspensionRule.CHARGED : SuspensionRule.free(suspended);
  }

  private RatedCycle rate(PriceModel model) {
    return rate(MARCH, model);
  }

  private RatedCycle rate(MeterPrice price) {
    return rate(MARCH, version(1, FIRST, price));
  }

  private RatedCycle rate(Window cycle, PriceModel model) {
    return rate(cycle, version(1, FIRST, model));
  }

  private RatedCycle rate(Window cycle, PriceVersion version) {
    return rater.rate(
        new CycleInput(
            cycle, PriceVersions.of(version), usage, inService, suspensions(), Map.of()));
  }

  private PriceVersion version(int number, LocalDate from, PriceModel model) {
    return version(number, from, MeterPrice.of(UNITS, model, CounterScope.MONTH_TO_DATE));
  }

  private PriceVersion version(int number, LocalDate from, MeterPrice price) {
    return new PriceVersion(
        ProductId.of("product"),
        number,
        CALENDAR.startOf(from),
        BillingCycle.DAY,
        CurrencyCode.CNY,
        flatFee.isEmpty() ? Optional.empty() : Optional.of(yuan(flatFee)),
        minimum.isEmpty() ? Optional.empty() : Optional.of(yuan(minimum)),
        countedPer,
        List.of(price));
  }

  private static MeterPrice hundredFree() {
    return new MeterPrice(
        UNITS,
        perUnit("1"),
        CounterScope.MONTH_TO_DATE,
        new BigDecimal("100"),
        CounterScope.MONTH_TO_DATE);
  }

  private static PriceModel tiers(String upTo, String below, String above) {
    return new PriceModel.Graduated(
        List.of(
            new Tier(Optional.of(new BigDecimal(upTo)), new BigDecimal(below)),
            new Tier(Optional.empty(), new BigDecimal(above))));
  }

  private static PriceModel perUnit(String price) {
    return new PriceModel.PerUnit(new BigDecimal(price));
  }

  private static RatedUsage of(InstanceId instance, Window window, String quantity) {
    return new RatedUsage(
        instance, UNITS, Collections.emptySortedMap(), window, new BigDecimal(quantity), 1);
  }

  private static Window day(int dayOfMarch) {
    return CALENDAR.dayOf(CALENDAR.startOf(FIRST.plusDays(dayOfMarch - 1L)));
  }

  private static Money yuan(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }

  private static List<String> amounts(RatedCycle cycle) {
    return cycle.lines().stream().map(line -> line.amount().amount().toPlainString()).toList();
  }
}
