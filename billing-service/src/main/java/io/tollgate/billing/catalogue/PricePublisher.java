package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.recovery.StatePublisher;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import java.util.List;
import java.util.Optional;

/** Publishes which products there are, and which meters their prices count on. */
final class PricePublisher implements StatePublisher {
  private final JdbcCatalogueRepository repository;
  private final Outbox outbox;
  private final ServiceIdentity identity;
  private final BusinessClock clock;

  PricePublisher(
      JdbcCatalogueRepository repository,
      Outbox outbox,
      ServiceIdentity identity,
      BusinessClock clock) {
    this.repository = repository;
    this.outbox = outbox;
    this.identity = identity;
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
    return OutboxMessage.state(
        topic(),
        key,
        PricedProduct.CODEC.encode(
            new EventEnvelope<>(
                "prices:" + key + ":" + newest,
                identity.source(),
                PricedProduct.CODEC.typeOf(state),
                key,
                clock.now(),
                0,
                0,
                Optional.empty(),
                state)));
  }
}
