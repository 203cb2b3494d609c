package io.tollgate.billing.catalogue;

import io.tollgate.model.Requestable;

/** What sort of thing a product is; only cloud services come under the agreement (M1). */
public enum ProductKind implements Requestable {
  /** A service of the provider. */
  CLOUD_SERVICE,
  /** Outside the agreement. */
  DOMAIN_NAME,
  /** Outside the agreement: sold by somebody else. */
  MARKETPLACE;

  @Override
  public boolean isRequestable() {
    return this == CLOUD_SERVICE;
  }
}
