package io.tollgate.model.event;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A product that exists, and what its prices need of meters; on the compacted topic {@code prices},
 * keyed by product. Account registers instances of such products only, and metering accepts no
 * version of a meter that takes away what a price counts on.
 *
 * @param product the product
 * @param cycle how often it is billed: hourly usage for hours, daily usage for days and months
 * @param retainedStorageCharged whether a suspended instance goes on paying for what it keeps
 * @param versions its price versions, each in force until the next one, the earliest first; none as
 *     long as it has no price
 */
public record PricedProduct(
    ProductId product, BillingCycle cycle, boolean retainedStorageCharged, List<Version> versions) {

  /** The codec of the topic {@code prices}. */
  public static final EventCodec<PricedProduct> CODEC =
      EventCodec.of(Map.of("tollgate.prices.v1", PricedProduct.class));

  public PricedProduct {
    versions = List.copyOf(versions);
  }

  /**
   * A price version.
   *
   * @param version its number
   * @param effectiveFrom when it takes effect
   * @param meters the meters whose usage it prices
   */
  public record Version(int version, Instant effectiveFrom, List<MeterKey> meters) {

    public Version {
      meters = List.copyOf(meters);
    }
  }

  /** What a meter has to emit so that its usage is billed. */
  public MeterDefinition.Emission emission() {
    return MeterDefinition.Emission.of(cycle.granularity());
  }
}
