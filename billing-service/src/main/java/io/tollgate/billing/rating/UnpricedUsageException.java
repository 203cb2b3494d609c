package io.tollgate.billing.rating;

import io.tollgate.model.ProductId;
import java.time.Instant;

/** Usage lies before its product's first price version: it can't be rated, and isn't free. */
public final class UnpricedUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnpricedUsageException(ProductId product, Instant at) {
    super("product " + product + " has no price at " + at);
  }
}
