package io.tollgate.billing.rating;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A product's prices from an instant until the next version (C2.1). Immutable: bills name it.
 *
 * @param product the product
 * @param version 1, 2, ... in the order of {@code effectiveFrom}
 * @param effectiveFrom the first instant at which it is in force
 * @param cycle how often the product is billed
 * @param currency currency of all its prices
 * @param flatFee fee of a whole cycle, per instance
 * @param minimum what a whole cycle costs at least, {@code countedPer}
 * @param countedPer whether tiers, allowances and the minimum count for all the account's instances
 *     of the product together or for each one (section 1)
 * @param meters prices of usage; one that is included is priced at 0. Usage of a meter that is not
 *     among them costs nothing and is reported as unpriced
 */
public record PriceVersion(
    ProductId product,
    int version,
    Instant effectiveFrom,
    BillingCycle cycle,
    CurrencyCode currency,
    Optional<Money> flatFee,
    Optional<Money> minimum,
    CountedPer countedPer,
    List<MeterPrice> meters) {

  /** Most meters of a product. */
  public static final int MAX_METERS = 100;

  public PriceVersion {
    if (version < 1) {
      throw new IllegalArgumentException("version must be 1 or more");
    }
    flatFee = flatFee.map(fee -> Decimals.notNegative("flatFee", fee));
    minimum = minimum.map(least -> Decimals.notNegative("minimum", least));
    meters = List.copyOf(meters);
    checkMeters(meters);
    checkCurrency(currency, flatFee, minimum, meters);
  }

  /** The price of a meter, unless it is free. */
  public Optional<MeterPrice> priceOf(MeterKey meter) {
    for (MeterPrice price : meters) {
      if (price.meter().equals(meter)) {
        return Optional.of(price);
      }
    }
    return Optional.empty();
  }

  /** The meters it prices. */
  public List<MeterKey> meterKeys() {
    return meters.stream().map(MeterPrice::meter).toList();
  }

  /** Whether using a meter costs nothing, however much. */
  public boolean isFree(MeterKey meter) {
    return priceOf(meter).map(price -> price.model().isFree()).orElse(true);
  }

  /** Whether nothing at all costs anything. */
  public boolean isFree() {
    return flatFee.map(Money::isZero).orElse(true)
        && minimum.map(Money::isZero).orElse(true)
        && meters.stream().allMatch(price -> price.model().isFree());
  }

  private static void checkMeters(List<MeterPrice> meters) {
    if (meters.size() > MAX_METERS) {
      throw new IllegalArgumentException("meters: at most " + MAX_METERS);
    }
    Set<MeterKey> seen = new HashSet<>();
    for (MeterPrice price : meters) {
      if (!seen.add(price.meter())) {
        throw new IllegalArgumentException("meters: " + price.meter() + " has two prices");
      }
    }
  }

  private static void checkCurrency(
      CurrencyCode currency,
      Optional<Money> flatFee,
      Optional<Money> minimum,
      List<MeterPrice> meters) {
    boolean other =
        flatFee.filter(fee -> !fee.currency().equals(currency)).isPresent()
            || minimum.filter(least -> !least.currency().equals(currency)).isPresent()
            || meters.stream()
                .anyMatch(
                    price ->
                        price.model() instanceof PriceModel.Flat flat
                            && !flat.amount().currency().equals(currency));
    if (other) {
      throw new IllegalArgumentException("currency: all amounts must be in " + currency);
    }
  }
}
