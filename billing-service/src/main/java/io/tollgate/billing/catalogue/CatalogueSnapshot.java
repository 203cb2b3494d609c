package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The catalogue as it was at one moment: what one batch is rated with.
 *
 * @param products all products
 * @param prices the price versions of those that have any
 */
public record CatalogueSnapshot(
    SortedMap<ProductId, Product> products, Map<ProductId, PriceVersions> prices) {

  public CatalogueSnapshot {
    products = Collections.unmodifiableSortedMap(new TreeMap<>(products));
    prices = Map.copyOf(prices);
  }

  /** A product. */
  public Optional<Product> product(ProductId product) {
    return Optional.ofNullable(products.get(product));
  }

  /** A product's billing cycle. */
  public Optional<BillingCycle> cycleOf(ProductId product) {
    return product(product).map(Product::cycle);
  }

  /** A product's price versions, when it has any. */
  public Optional<PriceVersions> pricesOf(ProductId product) {
    return Optional.ofNullable(prices.get(product));
  }

  /** The version in force at an instant, when there is one. */
  public Optional<PriceVersion> versionAt(ProductId product, Instant at) {
    return pricesOf(product).flatMap(versions -> versions.at(at));
  }
}
