package io.tollgate.support.web.security;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** What is wrong with the token of a request that is rejected as unauthenticated. */
enum TokenFault {
  MISSING("no bearer token was sent: add the header Authorization: Bearer TOKEN"),
  EXPIRED("the bearer token has expired: get a new one"),
  INVALID("the bearer token is malformed or was not issued for this deployment");

  private final String words;

  TokenFault(String words) {
    this.words = words;
  }

  /** The fault that the verification of a token, or the lack of one, came to. */
  static TokenFault of(AuthenticationException failure) {
    if (!(failure instanceof InvalidBearerTokenException)) {
      return MISSING;
    }
    return failure.getCause() instanceof JwtValidationException invalid && isExpiry(invalid)
        ? EXPIRED
        : INVALID;
  }

  /** The library says what is wrong in words only. */
  private static boolean isExpiry(JwtValidationException invalid) {
    return invalid.getErrors().stream()
        .allMatch(error -> String.valueOf(error.getDescription()).startsWith("Jwt expired"));
  }

  /** For whoever sent the request. */
  String inWords() {
    return words;
  }
}
