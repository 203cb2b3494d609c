package io.tollgate.support.web;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Limits the number of concurrent requests without blocking: a request beyond the limit gets 503
 * immediately.
 */
@Order(-200)
final class ConcurrencyLimit implements WebFilter {

  private final AtomicInteger running = new AtomicInteger();
  private final int limit;
  private final ProblemWriter writer;

  ConcurrencyLimit(int limit, ProblemWriter writer) {
    this.limit = limit;
    this.writer = writer;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (running.incrementAndGet() > limit) {
      running.decrementAndGet();
      return writer.write(
          exchange,
          HttpStatus.SERVICE_UNAVAILABLE,
          "overloaded",
          "too many requests are in progress",
          Map.of());
    }
    return chain.filter(exchange).doFinally(signal -> running.decrementAndGet());
  }
}
