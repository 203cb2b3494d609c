package io.tollgate.support.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class BearerTokensTest {

  private static @Nullable Authentication of(MockServerHttpRequest request) {
    return new BearerTokens(exchange -> false).convert(MockServerWebExchange.from(request)).block();
  }

  private static @Nullable Authentication ofHeader(String value) {
    return of(MockServerHttpRequest.get("/").header("Authorization", value).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c"})
  void tokenFollowsTheSchemeInAnyCase(String header) {
    assertThat(ofHeader(header))
        .isNotNull()
        .satisfies(found -> assertThat(found.getCredentials()).isEqualTo("a.b.c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearera.b.c", "Bearer  a.b.c", "Bearer a b"})
  void whatIsNoTokenIsRefused(String header) {
    assertThatThrownBy(() -> ofHeader(header)).isInstanceOf(InvalidBearerTokenException.class);
  }

  @Test
  void anotherSchemeAndTheQueryAreNotLookedAt() {
    assertThat(ofHeader("Basic YTpi")).isNull();
    assertThat(of(MockServerHttpRequest.get("/?access_token=a.b.c").build())).isNull();
  }
}
