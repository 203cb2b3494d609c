package io.tollgate.support.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/** It takes and refuses the header values that Spring Security's own does. */
class FirewallTest {
  private static final String HEADER = "X-Told";

  private final ServerWebExchangeFirewall ours = new SecuritySupportConfiguration().firewall();

  private static boolean takes(ServerWebExchangeFirewall firewall, MockServerHttpRequest request) {
    try {
      var unused =
          firewall
              .getFirewalledExchange(MockServerWebExchange.from(request))
              .map(exchange -> "" + exchange.getRequest().getHeaders().getFirst(HEADER))
              .block();
      return true;
    } catch (ServerExchangeRejectedException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "Bearer a.b-c_d~+/=", "Köln \u4e2d\u6587", "\uD83D\uDE00"})
  void printableValuesAreTaken(String value) {
    var request = MockServerHttpRequest.get("/").header(HEADER, value).build();

    assertThat(takes(new StrictServerWebExchangeFirewall(), request)).isTrue();
    assertThat(takes(ours, request)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\r\nb", "a\u007fb", "a\u0085b", "a\u0378b"})
  void controlsAndUnassignedCharactersAreRefused(String value) {
    var request = MockServerHttpRequest.get("/").header(HEADER, value).build();

    assertThat(takes(new StrictServerWebExchangeFirewall(), request)).isFalse();
    assertThat(takes(ours, request)).isFalse();
  }

  @Test
  void headerThatWasNotSentIsNoReasonToRefuse() {
    assertThat(takes(ours, MockServerHttpRequest.get("/").build())).isTrue();
  }
}
