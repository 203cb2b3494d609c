package io.tollgate.billing.catalogue;

/** What sort of thing a product is; only cloud services come under the agreement (M1). */
public enum ProductKind {
  /** A service of the provider. */
  CLOUD_SERVICE,
  /** Outside the agreement. */
  DOMAIN_NAME,
  /** Outside the agreement: sold by somebody else. */
  MARKETPLACE;

  boolean underTheAgreement() {
    return this == CLOUD_SERVICE;
  }
}
