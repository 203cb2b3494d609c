package io.tollgate.bench;

import io.tollgate.billing.rating.CountedPer;
import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.billing.rating.CounterScope;
import io.tollgate.billing.rating.CycleInput;
import io.tollgate.billing.rating.MeterPrice;
import io.tollgate.billing.rating.PriceModel;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.rating.RatedCycle;
import io.tollgate.billing.rating.RatedUsage;
import io.tollgate.billing.rating.Rater;
import io.tollgate.billing.rating.Tier;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * P7, for JMH: the rater alone, on an hour of ten instances with three meters, each with graduated
 * tiers over the month to date and a free allowance, some of it used up.
 */
@State(Scope.Thread)
public class RaterLoad {
  static final int INSTANCES = 10;
  static final int METERS = 3;

  private static final Instant HOUR = Instant.parse("2024-03-10T16:00:00Z");
  private static final Window CYCLE = new Window(HOUR, HOUR.plus(1, ChronoUnit.HOURS));

  private final Rater rater = new Rater(BillingCalendar.SHANGHAI);
  private CycleInput input = input();

  /** New for every trial. */
  @Setup
  public void prepare() {
    input = input();
  }

  /** Rates one hour; an operation is a line. */
  @Benchmark
  @OperationsPerInvocation(INSTANCES * METERS)
  public RatedCycle rate() {
    return rater.rate(input);
  }

  private static CycleInput input() {
    List<RatedUsage> usage = new ArrayList<>();
    Map<CounterKey, Counter> counters = new HashMap<>();
    for (int i = 0; i < INSTANCES; i++) {
      for (int m = 0; m < METERS; m++) {
        InstanceId instance = InstanceId.of("i-" + i);
        usage.add(
            new RatedUsage(
                instance,
                meter(m),
                Collections.emptySortedMap(),
                CYCLE,
                new BigDecimal("12.5").add(BigDecimal.valueOf(i)),
                1));
        counters.put(
            CounterKey.ofInstance(instance, meter(m)),
            new Counter(
                BigDecimal.valueOf(95L + i), BigDecimal.valueOf(100L * i), new BigDecimal("7.25")));
      }
    }
    return CycleInput.whole(CYCLE, prices(), usage, counters);
  }

  private static MeterKey meter(int number) {
    return MeterKey.of("units-" + number);
  }

  private static PriceVersions prices() {
    PriceModel tiers =
        new PriceModel.Graduated(
            List.of(
                tier(Optional.of("500"), "0.25"),
                tier(Optional.of("1000"), "0.125"),
                tier(Optional.empty(), "0.1")));
    List<MeterPrice> meters =
        IntStream.range(0, METERS)
            .mapToObj(
                number ->
                    new MeterPrice(
                        meter(number),
                        tiers,
                        CounterScope.MONTH_TO_DATE,
                        BigDecimal.valueOf(100),
                        CounterScope.MONTH_TO_DATE))
            .toList();
    return PriceVersions.of(
        new PriceVersion(
            ProductId.of("bench"),
            1,
            Instant.parse("2024-01-01T00:00:00Z"),
            BillingCycle.HOUR,
            CurrencyCode.CNY,
            Optional.empty(),
            Optional.empty(),
            CountedPer.INSTANCE,
            meters));
  }

  private static Tier tier(Optional<String> upTo, String price) {
    return new Tier(upTo.map(BigDecimal::new), new BigDecimal(price));
  }
}
