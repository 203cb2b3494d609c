package io.tollgate.metering.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.PricedProduct;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A version of a meter that takes away what a price counts on would make its usage free. */
class PriceNeedsTest {
  private static final MeterKey UNITS = MeterKey.of("units");
  private static final Instant MARCH = Instant.parse("2026-02-28T16:00:00Z");
  private static final Instant APRIL = Instant.parse("2026-03-31T16:00:00Z");
  private static final Instant MAY = Instant.parse("2026-04-30T16:00:00Z");
  private static final Optional<MeterDefinition> BEFORE =
      Optional.of(meter(1, "h", MARCH, Set.of(Emission.HOURLY, Emission.DAILY)));

  @Test
  void aGranularityThatAPriceNeedsCanNotBeDropped() {
    var daily = meter(2, "h", APRIL, Set.of(Emission.DAILY));
    assertThat(PriceNeeds.refusal(List.of(product(BillingCycle.HOUR, UNITS)), BEFORE, daily))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("HOURLY", "version 1", "product vm", "[DAILY]"));
    assertThat(PriceNeeds.refusal(List.of(product(BillingCycle.DAY, UNITS)), BEFORE, daily))
        .isEmpty();
    var hourly = meter(2, "h", APRIL, Set.of(Emission.HOURLY));
    assertThat(PriceNeeds.refusal(List.of(product(BillingCycle.MONTH, UNITS)), BEFORE, hourly))
        .isPresent();
  }

  @Test
  void theUnitThatAPriceIsForStays() {
    var minutes = meter(2, "min", APRIL, Set.of(Emission.HOURLY));
    assertThat(PriceNeeds.refusal(List.of(product(BillingCycle.HOUR, UNITS)), BEFORE, minutes))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("unit must stay h", "not per min"));
  }

  @Test
  void whatNoPriceCountsOnThenMayGo() {
    var hourly = meter(2, "min", MAY, Set.of(Emission.HOURLY));
    assertThat(PriceNeeds.refusal(List.of(), BEFORE, hourly)).isEmpty();
    MeterKey other = MeterKey.of("other");
    assertThat(PriceNeeds.refusal(List.of(product(BillingCycle.DAY, other)), BEFORE, hourly))
        .isEmpty();
    PricedProduct until =
        new PricedProduct(
            ProductId.of("vm"),
            BillingCycle.DAY,
            false,
            List.of(
                new PricedProduct.Version(1, MARCH, List.of(UNITS)),
                new PricedProduct.Version(2, MAY, List.of(other))));
    assertThat(PriceNeeds.refusal(List.of(until), BEFORE, hourly)).isEmpty();
    var earlier = meter(2, "h", APRIL, Set.of(Emission.HOURLY));
    assertThat(PriceNeeds.refusal(List.of(until), BEFORE, earlier)).isPresent();
  }

  /** Nobody knows then what the product counts on; a meter that is new takes nothing away. */
  @Test
  void whilePricesCanNotBeReadNoMeterChanges() {
    var changed = meter(2, "min", MAY, Set.of(Emission.HOURLY));
    PriceNeeds.Read unreadable = PriceNeeds.read(List.of(record(0, "vm", "{}")));
    assertThat(PriceNeeds.refusal(unreadable, BEFORE, changed).orElseThrow())
        .isEqualTo("the prices of vm cannot be read, so what they need from a meter is unknown");
    assertThat(PriceNeeds.refusal(unreadable, Optional.empty(), changed)).isEmpty();
    PriceNeeds.Read mended =
        PriceNeeds.read(
            List.of(record(0, "vm", "{}"), new ConsumerRecord<>("prices", 0, 1, "vm", null)));
    assertThat(PriceNeeds.refusal(mended, BEFORE, changed)).isEmpty();
  }

  @Test
  void aVersionThatAPriceCountsOnIsNotWithdrawn() {
    var both = meter(2, "h", APRIL, Set.of(Emission.HOURLY, Emission.DAILY));
    Optional<MeterDefinition> hourly = Optional.of(meter(1, "h", MARCH, Set.of(Emission.HOURLY)));
    assertThat(withdrawal(hourly, both, List.of(product(BillingCycle.DAY, UNITS))).orElseThrow())
        .contains("emits must include DAILY", "version 1", "product vm", "[HOURLY]");
    assertThat(withdrawal(hourly, both, List.of(product(BillingCycle.HOUR, UNITS)))).isEmpty();
    var minutes = meter(2, "min", APRIL, Set.of(Emission.HOURLY));
    assertThat(
            withdrawal(hourly, minutes, List.of(product(BillingCycle.HOUR, UNITS))).orElseThrow())
        .contains("unit must stay min", "not per h");
    assertThat(withdrawal(hourly, both, List.of())).isEmpty();
  }

  @Test
  void aMeterThatAPriceCountsOnIsNotWithdrawnAsAWhole() {
    var only = meter(1, "h", MAY, Set.of(Emission.HOURLY));
    Optional<MeterDefinition> none = Optional.empty();
    assertThat(withdrawal(none, only, List.of(product(BillingCycle.HOUR, UNITS))).orElseThrow())
        .isEqualTo("version 1 of the price of product vm depends on the meter");
    MeterKey other = MeterKey.of("other");
    assertThat(withdrawal(none, only, List.of(product(BillingCycle.HOUR, other)))).isEmpty();
    PriceNeeds.Read unreadable = PriceNeeds.read(List.of(record(0, "vm", "{}")));
    assertThat(PriceNeeds.refusalToWithdraw(unreadable, none, only)).isPresent();
  }

  private static Optional<String> withdrawal(
      Optional<MeterDefinition> before, MeterDefinition last, List<PricedProduct> products) {
    return PriceNeeds.refusalToWithdraw(new PriceNeeds.Read(products, Set.of()), before, last);
  }

  private static ConsumerRecord<String, byte[]> record(long offset, String key, String value) {
    return new ConsumerRecord<>("prices", 0, offset, key, value.getBytes(UTF_8));
  }

  private static PricedProduct product(BillingCycle cycle, MeterKey meter) {
    return new PricedProduct(
        ProductId.of("vm"),
        cycle,
        false,
        List.of(new PricedProduct.Version(1, MARCH, List.of(meter))));
  }

  private static MeterDefinition meter(
      int version, String unit, Instant from, Set<Emission> emits) {
    return new MeterDefinition(
        UNITS,
        version,
        "vm.usage",
        Aggregation.COUNT,
        Optional.empty(),
        new TreeMap<>(),
        unit,
        emits,
        from);
  }
}
