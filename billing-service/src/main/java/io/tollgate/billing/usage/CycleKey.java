package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.store.setaside.Subject;
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
  /** What work on the cycle is set aside as; work on a month is as the key of its start. */
  public Subject subject() {
    return Subject.of(account, product + " " + start);
  }

  /** The order in which cycles are locked. */
  @Override
  public int compareTo(CycleKey other) {
    int order = account.compareTo(other.account);
    order = order != 0 ? order : product.compareTo(other.product);
    return order != 0 ? order : start.compareTo(other.start);
  }
}
