package io.tollgate.account.webhooks;

import io.tollgate.account.access.Fields;
import java.net.URI;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform takes its commands, and with what they are signed.
 *
 * @param url https, or http on the own machine; never followed elsewhere
 * @param secret {@code whsec_} and 24 to 64 bytes in base64, as Standard Webhooks has it
 */
public record Endpoint(URI url, String secret) {

  private static final int MAX_URL = 2_000;
  private static final int MIN_SECRET_BYTES = 24;
  private static final int MAX_SECRET_BYTES = 64;
  private static final String PREFIX = "whsec_";
  private static final Set<String> OWN_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Refuses an address that is none, is not protected, or carries credentials. */
  public Endpoint {
    url = checkedUrl(url);
    secret = checkedSecret(secret);
  }

  private static URI checkedUrl(@Nullable URI given) {
    URI url = Fields.required(given, "url");
    String host = url.getHost();
    boolean isProtected =
        "https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && host != null && OWN_MACHINE.contains(host));
    if (!isProtected
        || host == null
        || url.getUserInfo() != null
        || url.toString().length() > MAX_URL) {
      throw new IllegalArgumentException("url must be an https URL without credentials");
    }
    return url;
  }

  private static String checkedSecret(@Nullable String given) {
    String secret = Fields.required(given, "secret");
    int bytes =
        secret.startsWith(PREFIX)
            ? Base64.getDecoder().decode(secret.substring(PREFIX.length())).length
            : 0;
    if (bytes < MIN_SECRET_BYTES || bytes > MAX_SECRET_BYTES) {
      throw new IllegalArgumentException("secret must be whsec_ and 24 to 64 bytes in base64");
    }
    return secret;
  }

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "Endpoint[" + url + "]";
  }
}
