package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.recovery.StatePublisher;
import io.tollgate.support.time.BusinessClock;
import java.util.List;

/** Publishes which products there are, and which meters their prices count on. */
final class PricePublisher implements StatePublisher {
  private final JdbcCatalogueRepository repository;
  private final Outbox outbox;
  private final BusinessClock clock;

  PricePublisher(JdbcCatalogueRepository repository, Outbox outbox, BusinessClock clock) {
    this.repository = repository;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.PRICES;
  }

  /** Publishes a product and its prices as they are in the surrounding transaction. */
  void publish(ProductId id) {
    CatalogueSnapshot catalogue = repository.snapshot();
    List<PriceVersion> versions =
        catalogue.pricesOf(id).map(PriceVersions::list).orElseGet(List::of);
    outbox.append(
        catalogue
            .product(id)
            .map(product -> state(product, versions))
            .orElseGet(() -> OutboxMessage.tombstone(topic(), id.value())));
  }

  @Override
  public void republish(String key) {
    repository.lock();
    publish(ProductId.of(key));
  }

  private OutboxMessage state(Product product, List<PriceVersion> prices) {
    String key = product.product().value();
    int newest = prices.isEmpty() ? 0 : prices.getLast().version();
    PricedProduct state =
        new PricedProduct(
            product.product(),
            product.cycle(),
            product.retainedStorageCharged(),
            prices.stream()
                .map(
                    each ->
                        new PricedProduct.Version(
                            each.version(), each.effectiveFrom(), each.meterKeys()))
                .toList());
    return OutboxMessage.ofKey(
        topic(), key, PricedProduct.CODEC, "prices:" + key + ":" + newest, clock.now(), state);
  }
}
