package io.tollgate.store.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What signs the messages of an endpoint. A receiver accepts a message if one of its signatures is
 * right, so that keys can be exchanged without a gap: for a while the old ones sign too.
 *
 * @param secrets symmetric secrets (v1), the newest first
 * @param keys asymmetric keys (v1a), the newest first
 */
record SigningKeys(List<String> secrets, List<SigningKey> keys) {

  /** Refuses to sign nothing. */
  SigningKeys {
    secrets = List.copyOf(secrets);
    keys = List.copyOf(keys);
    if (secrets.isEmpty() && keys.isEmpty()) {
      throw new IllegalArgumentException("a webhook has a secret, an asymmetric key or both");
    }
  }

  /** All signatures of a message, separated by spaces: the header {@code webhook-signature}. */
  String sign(String id, long timestamp, String body) {
    Stream<String> symmetric = secrets.stream().map(secret -> v1(secret, id, timestamp, body));
    Stream<String> asymmetric =
        keys.stream().map(key -> key.sign(id + "." + timestamp + "." + body));
    return Stream.concat(symmetric, asymmetric).collect(Collectors.joining(" "));
  }

  private static String v1(String secret, String id, long timestamp, String body) {
    try {
      return new Webhook(secret).sign(id, timestamp, body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Without the keys, so that they cannot reach a log by accident. */
  @Override
  public String toString() {
    return "SigningKeys[...]";
  }
}
