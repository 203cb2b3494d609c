package io.tollgate.metering.meter;

import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.PricedProduct;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What counting has to know of products. Fed by the global store of prices, read by every task.
 *
 * <p>A product never changes in this, and its first price is published before its usage is billed.
 */
public final class PricedProducts {

  private static final Logger log = LoggerFactory.getLogger(PricedProducts.class);

  private final Map<ProductId, PricedProduct> products = new ConcurrentHashMap<>();

  /**
   * Whether suspended instances of a product go on paying for what they retain: their usage is then
   * not counted apart, so that a maximum or a latest value stays one total.
   */
  public boolean retains(ProductId product) {
    PricedProduct known = products.get(product);
    return known != null && known.retainedStorageCharged();
  }

  /** Which usage a product is billed by; empty while nobody has published the product. */
  public Optional<Emission> billedBy(ProductId product) {
    return Optional.ofNullable(products.get(product)).map(PricedProduct::emission);
  }

  /** Takes a record of the topic {@code prices}; one that cannot be read is logged and left out. */
  public void take(String key, byte[] value) {
    try {
      PricedProduct.CODEC
          .decode(value)
          .map(EventEnvelope::data)
          .filter(product -> product.product().value().equals(key))
          .ifPresent(product -> products.put(product.product(), product));
    } catch (MalformedEventException | IllegalArgumentException e) {
      log.error("The prices of {} cannot be read and are left out", key, e);
    }
  }
}
