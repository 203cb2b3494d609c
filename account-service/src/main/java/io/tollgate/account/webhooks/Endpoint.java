package io.tollgate.account.webhooks;

import java.net.URI;

/**
 * Where a platform takes its commands, and with what they are signed.
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
