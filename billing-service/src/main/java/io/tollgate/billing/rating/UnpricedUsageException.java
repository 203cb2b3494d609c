package io.tollgate.billing.rating;

import io.tollgate.model.ProductId;
import java.time.Instant;

/** Usage before the first price version of its product: it cannot be rated, and is not free. */
public final class UnpricedUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnpricedUsageException(ProductId product, Instant at) {
    super("product " + product + " has no price at " + at);
  }
}
