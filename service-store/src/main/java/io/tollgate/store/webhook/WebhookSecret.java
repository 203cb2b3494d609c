package io.tollgate.store.webhook;

import java.util.Base64;
import java.util.Optional;

/** A symmetric secret as Standard Webhooks defines it. */
final class WebhookSecret {

  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;

  private WebhookSecret() {}

  /** What is wrong with a secret; does not repeat it. */
  static Optional<String> fault(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.of("does not begin with " + PREFIX);
    }
    String encoded = secret.substring(PREFIX.length());
    if (encoded.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of("contains a space, a line break or a control character");
    }
    if (encoded.chars().anyMatch(c -> c == '-' || c == '_')) {
      return Optional.of("is base64url ('-' and '_'); Standard Webhooks has base64 ('+' and '/')");
    }
    if (!encoded.matches("[A-Za-z0-9+/]*={0,2}")) {
      return Optional.of("has characters after " + PREFIX + " that base64 does not have");
    }
    return bytesFault(encoded);
  }

  private static Optional<String> bytesFault(String encoded) {
    int bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded).length;
    } catch (IllegalArgumentException e) {
      return Optional.of("is base64 that is cut off or wrongly padded");
    }
    return bytes < MIN_BYTES || bytes > MAX_BYTES
        ? Optional.of("has " + bytes + " bytes; " + MIN_BYTES + " to " + MAX_BYTES + " are allowed")
        : Optional.empty();
  }
}
