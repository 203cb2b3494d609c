package io.tollgate.account.products;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Learns which products there are. */
@Component
class ProductHandler implements PositionedHandler<EventEnvelope<PricedProduct>> {

  private final JdbcProductRepository products;

  ProductHandler(JdbcProductRepository products) {
    this.products = products;
  }

  @Override
  public String name() {
    return "products";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.PRICES);
  }

  /** A record without a value says that a product has no price: it still is one. */
  @Override
  public Optional<EventEnvelope<PricedProduct>> decode(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    Optional<EventEnvelope<PricedProduct>> decoded = PricedProduct.CODEC.decode(record.value());
    decoded
        .filter(product -> !product.data().product().value().equals(record.key()))
        .ifPresent(
            product -> {
              throw new MalformedEventException("it is " + product.data().product());
            });
    return decoded;
  }

  /** A product is no account's. */
  @Override
  public Optional<String> accountOf(Received<EventEnvelope<PricedProduct>> received) {
    return Optional.empty();
  }

  @Override
  public void handle(List<Received<EventEnvelope<PricedProduct>>> batch) {
    batch.forEach(received -> products.save(received.value().data().product()));
  }
}
