package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.MeterDefinition.Emission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether meters tell billing what a price counts on. Usage that a meter does not emit in the
 * windows of the product's cycle never reaches a bill.
 */
final class MeterFit {

  private MeterFit() {}

  /**
   * A version of a meter.
   *
   * @param version its number
   * @param emits in which windows it emits usage
   * @param effectiveFrom the first window start it counts
   */
  record KnownMeter(int version, Set<Emission> emits, Instant effectiveFrom) {}

  /** Why a price cannot be billed, for its author. */
  sealed interface Misfit {

    String reason();

    /** The meter does not exist. */
    record Missing(MeterKey meter) implements Misfit {
      @Override
      public String reason() {
        return "meter %s does not exist: define it first, so that its usage can be billed"
            .formatted(meter);
      }
    }

    /** The meter's usage would reach no bill. */
    record DoesNotEmit(PriceVersion price, MeterKey meter, KnownMeter version) implements Misfit {
      @Override
      public String reason() {
        return "product %s is billed by the %s and needs %s usage of meter %s, whose version %d, in force from %s, emits only %s"
            .formatted(
                price.product(),
                price.cycle(),
                Emission.of(price.cycle().granularity()),
                meter,
                version.version(),
                version.effectiveFrom(),
                version.emits());
      }
    }
  }

  /**
   * The first meter that does not fit a price while it is in force.
   *
   * @param known the versions of each meter, the earliest first
   */
  static Optional<Misfit> of(PriceVersion price, Map<MeterKey, List<KnownMeter>> known) {
    Emission needed = Emission.of(price.cycle().granularity());
    for (MeterKey meter : price.meterKeys()) {
      List<KnownMeter> versions = known.getOrDefault(meter, List.of());
      if (versions.isEmpty()) {
        return Optional.of(new Misfit.Missing(meter));
      }
      for (int i = 0; i < versions.size(); i++) {
        boolean over =
            i + 1 < versions.size()
                && !versions.get(i + 1).effectiveFrom().isAfter(price.effectiveFrom());
        if (!over && !versions.get(i).emits().contains(needed)) {
          return Optional.of(new Misfit.DoesNotEmit(price, meter, versions.get(i)));
        }
      }
    }
    return Optional.empty();
  }
}
