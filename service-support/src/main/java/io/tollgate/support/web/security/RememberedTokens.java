package io.tollgate.support.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Verifies the signature of a token once a minute, and everything else on every request.
 *
 * <p>Verifying a signature costs more than the rest of a small request, and callers send the same
 * token with every request. After an issuer withdraws a key, tokens already in use stay valid for
 * up to a minute.
 */
final class RememberedTokens implements ReactiveJwtDecoder {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MOST = 2_000;

  private final ReactiveJwtDecoder decoder;
  private final OAuth2TokenValidator<Jwt> validator;
  private final Cache<String, Jwt> verified =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

  /**
   * Remembers nothing yet.
   *
   * @param decoder verifies signatures, and validates
   * @param validator decides whether a token with a good signature still counts
   */
  RememberedTokens(ReactiveJwtDecoder decoder, OAuth2TokenValidator<Jwt> validator) {
    this.decoder = decoder;
    this.validator = validator;
  }

  @Override
  public Mono<Jwt> decode(String token) {
    Jwt known = verified.getIfPresent(token);
    return known != null && !validator.validate(known).hasErrors()
        ? Mono.just(known)
        : decoder.decode(token).doOnNext(jwt -> verified.put(token, jwt));
  }
}
