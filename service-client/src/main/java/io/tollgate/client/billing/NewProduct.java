package io.tollgate.client.billing;

import java.util.Optional;

/** A product to be added to the catalogue. */
public record NewProduct(
    String product,
    String name,
    String cycle,
    Optional<String> paymentTerm,
    Optional<Boolean> retainedStorageCharged,
    Optional<String> kind) {
  /** A product whose bills are due at once, and whose suspended instances cost nothing. */
  public static NewProduct of(String product, String name, String cycle) {
    return new NewProduct(
        product, name, cycle, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
