package io.tollgate.account.webhooks;

import java.net.URI;

/**
 * The URL to which a platform's commands are posted, and the secret that signs them.
 *
 * @param url as {@link WebhookUrl} allows it; redirects are never followed
 * @param secret as {@link WebhookSecret} allows it
 */
record Endpoint(URI url, String secret) {

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "Endpoint[" + url + "]";
  }
}
