package io.tollgate.support.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

class RememberedTokensTest {
  private final Set<String> good = new HashSet<>(Set.of("good"));
  private boolean expired;
  private int verified;

  private final ReactiveJwtDecoder decoder =
      token -> {
        verified++;
        return good.contains(token) && !expired
            ? Mono.just(Jwt.withTokenValue(token).header("alg", "RS256").subject("a").build())
            : Mono.error(new BadJwtException("refused"));
      };

  private final RememberedTokens tokens =
      new RememberedTokens(
          decoder,
          jwt ->
              expired
                  ? OAuth2TokenValidatorResult.failure(new OAuth2Error("expired"))
                  : OAuth2TokenValidatorResult.success());

  @Test
  void signatureIsVerifiedOnce() {
    Jwt first = tokens.decode("good").block();
    Jwt second = tokens.decode("good").block();

    assertThat(second).isSameAs(first);
    assertThat(verified).isOne();
  }

  @Test
  void tokenThatExpiresMeanwhileIsRefused() {
    tokens.decode("good").block();
    expired = true;

    assertThatThrownBy(() -> tokens.decode("good").block()).isInstanceOf(BadJwtException.class);
  }

  @Test
  void refusalIsNotRemembered() {
    assertThatThrownBy(() -> tokens.decode("new").block()).isInstanceOf(BadJwtException.class);
    good.add("new");

    assertThat(tokens.decode("new").block()).isNotNull();
  }
}
