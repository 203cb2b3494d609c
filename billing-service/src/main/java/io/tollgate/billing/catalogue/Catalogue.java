package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the rest of billing reads of products and prices.
 *
 * <p>Each call asks the database whether there is anything new, by one cheap statement; a batch or
 * a sweep takes one {@link #snapshot} and reads that.
 */
public final class Catalogue {

  private final JdbcCatalogueRepository repository;

  Catalogue(JdbcCatalogueRepository repository) {
    this.repository = repository;
  }

  /** The catalogue as it is now. */
  public CatalogueSnapshot snapshot() {
    return repository.snapshot();
  }

  /** See {@link CatalogueSnapshot#versionAt}. */
  public Optional<PriceVersion> versionAt(ProductId product, Instant at) {
    return snapshot().versionAt(product, at);
  }

  /** See {@link CatalogueSnapshot#cycleOf}. */
  public Optional<BillingCycle> cycleOf(ProductId product) {
    return snapshot().cycleOf(product);
  }

  /** See {@link CatalogueSnapshot#product}. */
  public Optional<Product> product(ProductId product) {
    return snapshot().product(product);
  }
}
