package io.tollgate.metering.meter;

import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.PricedProduct;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The products whose suspended instances go on paying for what they retain: their usage is not
 * counted apart, so that a maximum or a latest value stays one total. Fed by the global store of
 * prices, read by every task.
 *
 * <p>A product never changes in this, and its first price is published before its usage is billed.
 */
public final class RetainingProducts {

  private static final Logger log = LoggerFactory.getLogger(RetainingProducts.class);

  private final Set<ProductId> retaining = ConcurrentHashMap.newKeySet();

  /** Whether suspended instances of a product go on paying. */
  public boolean contains(ProductId product) {
    return retaining.contains(product);
  }

  /** Takes a record of the topic {@code prices}; one that can't be read is logged and left out. */
  public void take(String key, byte[] value) {
    try {
      PricedProduct.CODEC
          .decode(value)
          .map(EventEnvelope::data)
          .filter(PricedProduct::retainedStorageCharged)
          .filter(product -> product.product().value().equals(key))
          .ifPresent(product -> retaining.add(product.product()));
    } catch (MalformedEventException | IllegalArgumentException e) {
      log.error("The prices of {} can't be read and are left out", key, e);
    }
  }
}
