package io.tollgate.support.web;

import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Resolves the {@link IdempotentRequest} parameter of controller methods. */
final class IdempotentRequestResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IdempotentRequest.class;
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    // Decoded: however a client escapes a path, it is the same one.
    String operation = request.getMethod().name() + " " + request.getURI().getPath();
    List<String> keys = request.getHeaders().getOrEmpty(IdempotentRequest.HEADER);
    if (keys.size() > 1) {
      return Mono.error(
          ProblemException.invalid(
              IdempotentRequest.HEADER, "is given " + keys.size() + " times; give it once"));
    }
    return Mono.just(new IdempotentRequest(operation, keys.isEmpty() ? null : keys.getFirst()));
  }
}
