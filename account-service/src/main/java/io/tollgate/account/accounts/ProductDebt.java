package io.tollgate.account.accounts;

import io.tollgate.model.ProductId;
import java.time.Instant;

/**
 * The debt of an account for a product, as published by billing.
 *
 * @param product what is owed for
 * @param dueAt when its earliest unpaid bill fell due
 * @param accountWide whether that concerns all of the account's pay-as-you-go instances (section 6)
 */
public record ProductDebt(ProductId product, Instant dueAt, boolean accountWide) {

  /** Whether a pay-as-you-go instance of that product is concerned. */
  public boolean concerns(ProductId other) {
    return accountWide || product.equals(other);
  }
}
