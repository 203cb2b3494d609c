package io.tollgate.store.agreement;

import io.tollgate.model.ProductId;
import java.util.Optional;

/**
 * Whether any account is bound by a policy yet. Changes made before the first account is opened, or
 * for a product that no account has ever used, change nobody's terms.
 */
@FunctionalInterface
public interface BoundAccounts {

  /**
   * Whether any account is, or was, bound.
   *
   * @param product by a row for this product; empty for a row for all
   */
  boolean any(Optional<ProductId> product);
}
