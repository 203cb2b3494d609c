package io.tollgate.support.web;

import io.tollgate.model.Quoted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Identifies a request across retries; a parameter of controller methods whose effect must happen
 * once, however often the request is sent.
 *
 * @param operation method and path, so that a key used for two of them is noticed
 * @param key the {@code Idempotency-Key} header as it was sent, if it was
 */
public record IdempotentRequest(String operation, @Nullable String key) {
  static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;

  /**
   * The key, when it can be one.
   *
   * @throws ProblemException 400 when it is missing or malformed
   */
  public String requireKey() {
    if (key == null || key.isBlank()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "idempotency-key-missing",
          "this route requires an Idempotency-Key header, so that retries take effect once");
    }
    if (key.length() > MAX_LENGTH || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw ProblemException.invalid(
          HEADER, "must be 1 to 255 printable ASCII characters: " + Quoted.of(key));
    }
    if (!key.equals(key.strip())) {
      throw ProblemException.invalid(
          HEADER, "must not begin or end with a space: " + Quoted.of(key));
    }
    return key;
  }
}
