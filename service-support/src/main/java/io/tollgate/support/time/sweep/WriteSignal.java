package io.tollgate.support.time.sweep;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Says that a request which may have written was answered. */
final class WriteSignal implements WebFilter {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final DataChanges changes;

  WriteSignal(DataChanges changes) {
    this.changes = changes;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Mono<Void> answered = chain.filter(exchange);
    return READS.contains(exchange.getRequest().getMethod())
        ? answered
        : answered.doFinally(signal -> changes.signal());
  }
}
