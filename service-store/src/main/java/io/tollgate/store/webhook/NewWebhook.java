package io.tollgate.store.webhook;

import io.tollgate.support.web.Fields;
import java.util.Optional;

/**
 * A webhook to be registered.
 *
 * @param url where messages are posted
 * @param secret the symmetric secret; required unless asymmetric
 * @param asymmetric whether messages are signed with an Ed25519 key as well
 * @param newKey whether a new asymmetric key replaces the present one; nothing is replaced while
 *     one that was replaced before still signs, so that repeating the request is harmless
 * @param handshake whether the receiver is asked for its consent first, as CloudEvents defines it
 */
public record NewWebhook(
    String url,
    Optional<String> secret,
    Optional<Boolean> asymmetric,
    Optional<Boolean> newKey,
    Optional<Boolean> handshake) {

  /** Refuses one without a URL. */
  public NewWebhook {
    url = Fields.required("url", url);
  }

  boolean isAsymmetric() {
    return asymmetric.orElse(false);
  }

  boolean needsNewKey() {
    return newKey.orElse(false);
  }

  boolean needsHandshake() {
    return handshake.orElse(false);
  }

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "NewWebhook[" + url + "]";
  }
}
