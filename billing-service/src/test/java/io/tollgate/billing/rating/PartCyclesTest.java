package io.tollgate.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a cycle costs of which instances were in service for a part only: started days / days of the
 * cycle (section 1). March has 31 days, so that 31 a month are 1 a day.
 */
class PartCyclesTest {

  private static final Window MARCH = new Window(march(1), Instant.parse("2020-03-31T16:00:00Z"));
  private static final MeterKey UNITS = MeterKey.of("units");
  private static final InstanceId A = InstanceId.of("i-a");
  private static final InstanceId B = InstanceId.of("i-b");
  private static final InstanceId UNKNOWN = InstanceId.of("i-unknown");

  private final SortedMap<InstanceId, Window> inService = new TreeMap<>();

  @Test
  void aFlatMeterCostsTheDaysOnWhichItsInstanceRan() {
    inService.put(A, new Window(march(10).plusSeconds(15 * 3_600), MARCH.end()));
    assertThat(flatMeter(CountedPer.INSTANCE, used(A, 10, "5"))).containsExactly("22.000000");
  }

  /** 3 March, and 10 to 31 March. */
  @Test
  void aFlatMeterOfAnAccountCostsTheDaysOnWhichAnyInstanceRan() {
    inService.put(A, new Window(march(10), MARCH.end()));
    inService.put(B, new Window(march(3), march(4)));
    assertThat(flatMeter(CountedPer.ACCOUNT, used(B, 3, "1"), used(A, 10, "5")))
        .containsExactly("23.000000", "0.000000");
  }

  @Test
  void aFlatMeterCostsTheWholeCycleWhereNothingSaysWhenItsInstanceRan() {
    assertThat(flatMeter(CountedPer.ACCOUNT, used(UNKNOWN, 10, "5"))).containsExactly("31.000000");
    inService.put(A, new Window(march(3), march(4)));
    assertThat(flatMeter(CountedPer.INSTANCE, used(UNKNOWN, 10, "5"))).containsExactly("31.000000");
  }

  private List<String> flatMeter(CountedPer countedPer, RatedUsage... usage) {
    PriceModel flat = new PriceModel.Flat(yuan("31"));
    PriceVersion version =
        version(1, 1, countedPer, Optional.empty(), MeterPrice.of(UNITS, flat, CounterScope.CYCLE));
    return amounts(rate(List.of(usage), version));
  }

  /** The instance whose id comes first is not the one that ran first. */
  @Test
  void anAccountsMinimumCountsTheDaysOnWhichAnyInstanceRan() {
    inService.put(A, new Window(march(20), march(25)));
    inService.put(B, new Window(march(5), march(10)));
    RatedCycle rated = rate(List.of(), minimum());
    assertThat(amounts(rated)).containsExactly("10.000000");
    assertThat(rated.lines().getFirst().window()).isEqualTo(new Window(march(5), march(25)));
  }

  @Test
  void aDayThatEndsAtMidnightIsNotTheNextDay() {
    inService.put(A, new Window(march(1), march(2)));
    inService.put(B, new Window(march(2).plusSeconds(12 * 3_600), march(2).plusSeconds(64_800)));
    assertThat(amounts(rate(List.of(), minimum()))).containsExactly("2.000000");
  }

  /** Pins that service before the first price was what could not be rated. */
  @Test
  void serviceBeforeTheFirstPriceOwesNothing() {
    inService.put(A, MARCH);
    for (CountedPer countedPer : CountedPer.values()) {
      assertThat(amounts(rate(List.of(), minimum(32, countedPer)))).isEmpty();
      assertThat(amounts(rate(List.of(), minimum(10, countedPer)))).containsExactly("22.000000");
    }
  }

  private static PriceVersion minimum() {
    return minimum(1, CountedPer.ACCOUNT);
  }

  private static PriceVersion minimum(int fromDay, CountedPer countedPer) {
    return version(1, fromDay, countedPer, Optional.of(yuan("31")));
  }

  /** 8 of 10 units were free under the first version; of the 5 of the second none is left. */
  @Test
  void anAllowanceThatBecameSmallerTakesNothingBack() {
    RatedCycle rated =
        rate(
            List.of(used(A, 1, "8"), used(A, 2, "4")),
            version(1, 1, CountedPer.ACCOUNT, Optional.empty(), free("10")),
            version(2, 2, CountedPer.ACCOUNT, Optional.empty(), free("5")));
    assertThat(amounts(rated)).containsExactly("0.000000", "4.000000");
    assertThat(rated.lines().getLast().rating().legs())
        .containsExactly(new LineLeg.PriceTier(new BigDecimal("4"), BigDecimal.ONE));
  }

  private static MeterPrice free(String units) {
    return new MeterPrice(
        UNITS,
        new PriceModel.PerUnit(BigDecimal.ONE),
        CounterScope.CYCLE,
        new BigDecimal(units),
        CounterScope.MONTH_TO_DATE);
  }

  @Test
  void aSuspensionThatIsChargedFreesNothing() {
    Map<InstanceId, List<Window>> suspended = Map.of(A, List.of(MARCH));
    assertThat(SuspensionRule.free(suspended).frees(used(A, 1, "1"))).isTrue();
    assertThat(new SuspensionRule(true, Map.of()).frees(used(A, 1, "1"))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SuspensionRule(true, suspended))
        .withMessage("a suspension that is charged changes nothing");
  }

  private RatedCycle rate(List<RatedUsage> usage, PriceVersion... versions) {
    return new Rater(BillingCalendar.SHANGHAI)
        .rate(
            new CycleInput(
                MARCH,
                PriceVersions.of(versions),
                usage,
                inService,
                SuspensionRule.free(Map.of()),
                Map.of()));
  }

  private static PriceVersion version(
      int number,
      int fromDay,
      CountedPer countedPer,
      Optional<Money> minimum,
      MeterPrice... meters) {
    return new PriceVersion(
        ProductId.of("storage"),
        number,
        march(fromDay),
        BillingCycle.MONTH,
        CurrencyCode.CNY,
        Optional.empty(),
        minimum,
        countedPer,
        List.of(meters));
  }

  private static RatedUsage used(InstanceId instance, int day, String quantity) {
    return new RatedUsage(
        instance,
        UNITS,
        new TreeMap<>(),
        new Window(march(day), march(day + 1)),
        new BigDecimal(quantity),
        1);
  }

  /** Midnight in Shanghai. */
  private static Instant march(int day) {
    return Instant.parse("2020-02-28T16:00:00Z").plusSeconds(day * 86_400L);
  }

  private static List<String> amounts(RatedCycle cycle) {
    return cycle.lines().stream().map(line -> line.amount().amount().toPlainString()).toList();
  }

  private static Money yuan(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
