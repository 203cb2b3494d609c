package io.tollgate.billing.catalogue;

import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import java.time.Duration;

/**
 * Something that is sold and metered.
 *
 * @param product its id
 * @param name its name, for people
 * @param cycle how often it is billed
 * @param paymentTerm from booking a bill to its {@code due_at} (C2.3)
 * @param retainedStorageCharged whether suspended instances go on paying for what they keep
 */
public record Product(
    ProductId product,
    String name,
    BillingCycle cycle,
    Duration paymentTerm,
    boolean retainedStorageCharged) {

  private static final int MAX_NAME = 200;
  private static final Duration MAX_TERM = Duration.ofDays(366);

  public Product {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("name must be 1 to " + MAX_NAME + " characters");
    }
    if (paymentTerm.isNegative() || paymentTerm.compareTo(MAX_TERM) > 0) {
      throw new IllegalArgumentException("paymentTerm must be PT0S to 366 days");
    }
  }
}
