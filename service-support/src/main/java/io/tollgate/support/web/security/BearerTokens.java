package io.tollgate.support.web.security;

import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads the bearer token from the {@code Authorization} header only (RFC 6750, section 2.1).
 *
 * <p>It does not check the form of the token, which the verifier does anyway. Spring Security's
 * converter first matches the whole token against a pattern, which took a fifth of the time of a
 * small request.
 */
final class BearerTokens implements ServerAuthenticationConverter {
  private static final String SCHEME = "Bearer";

  private final Predicate<ServerWebExchange> unneeded;

  /**
   * Reads tokens where they are needed.
   *
   * @param unneeded whether anybody may read what is asked for: a token that has expired or is
   *     malformed does not keep its sender from it
   */
  BearerTokens(Predicate<ServerWebExchange> unneeded) {
    this.unneeded = unneeded;
  }

  @Override
  public Mono<Authentication> convert(ServerWebExchange exchange) {
    String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null
        || !StringUtils.startsWithIgnoreCase(header, SCHEME)
        || unneeded.test(exchange)) {
      return Mono.empty();
    }
    String token = header.substring(SCHEME.length());
    return token.length() > 1 && token.charAt(0) == ' ' && token.indexOf(' ', 1) < 0
        ? Mono.just(new BearerTokenAuthenticationToken(token.substring(1)))
        : Mono.error(new InvalidBearerTokenException("the bearer token is malformed"));
  }
}
