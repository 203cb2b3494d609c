package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.time.Instant;

/**
 * One cycle of one account's product.
 *
 * @param account who pays
 * @param product for what
 * @param start the cycle's first instant
 */
public record CycleKey(AccountId account, ProductId product, Instant start)
    implements Comparable<CycleKey> {
  /** The order in which cycles are locked. */
  @Override
  public int compareTo(CycleKey other) {
    int order = account.compareTo(other.account);
    order = order != 0 ? order : product.compareTo(other.product);
    return order != 0 ? order : start.compareTo(other.start);
  }
}
