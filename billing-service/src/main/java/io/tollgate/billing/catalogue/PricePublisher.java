package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.recovery.StateTeller;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import java.util.Optional;

/** Tells metering which meters a product's prices count on. */
final class PricePublisher implements StateTeller {
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

  /** Tells the prices of a product as they are in the surrounding transaction. */
  void publish(ProductId product) {
    repository
        .snapshot()
        .pricesOf(product)
        .ifPresentOrElse(
            prices -> outbox.append(state(prices)),
            () -> outbox.append(OutboxMessage.tombstone(topic(), product.value())));
  }

  @Override
  public void tellAgain(String key) {
    repository.lock();
    publish(ProductId.of(key));
  }

  private OutboxMessage state(PriceVersions prices) {
    PriceVersion last = prices.last();
    PricedProduct product =
        new PricedProduct(
            last.product(),
            last.cycle(),
            prices.list().stream()
                .map(
                    each ->
                        new PricedProduct.Version(
                            each.version(), each.effectiveFrom(), each.meterKeys()))
                .toList());
    return OutboxMessage.state(
        topic(),
        last.product().value(),
        PricedProduct.CODEC.encode(
            new EventEnvelope<>(
                "prices:" + last.product() + ":" + last.version(),
                identity.source(),
                PricedProduct.CODEC.typeOf(product),
                last.product().value(),
                clock.now(),
                0,
                0,
                Optional.empty(),
                product)));
  }
}
