package io.tollgate.support.web;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Treats an empty {@code Accept} header as absent (RFC 9110, 12.5.1): the metrics endpoint failed
 * on one.
 */
@Order(-190)
final class NoPreference implements WebFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String accept = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
    return accept == null || !accept.isBlank()
        ? chain.filter(exchange)
        : chain.filter(
            exchange
                .mutate()
                .request(request -> request.headers(headers -> headers.remove(HttpHeaders.ACCEPT)))
                .build());
  }
}
