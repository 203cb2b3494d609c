package io.tollgate.client.account;

import java.util.Optional;

/** A service instance to be registered. */
public record NewInstance(
    String instance,
    String product,
    Optional<String> specification,
    Optional<String> mode,
    Optional<String> platform) {
  /** An instance that pays as it goes, on the platform of the token. */
  public static NewInstance of(String instance, String product) {
    return new NewInstance(instance, product, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
