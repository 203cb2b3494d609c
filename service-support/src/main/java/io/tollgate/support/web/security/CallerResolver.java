package io.tollgate.support.web.security;

import io.tollgate.support.web.Caller;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Resolves the {@link Caller} parameter of controller methods. */
final class CallerResolver implements HandlerMethodArgumentResolver {

  private final Operators operators;

  CallerResolver(Operators operators) {
    this.operators = operators;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
    return exchange.getPrincipal().cast(Authentication.class).map(Callers::of).map(this::noted);
  }

  private Caller noted(Caller caller) {
    if (caller.is(Caller.Role.OPERATOR)) {
      operators.seen(caller.subject());
    }
    return caller;
  }
}
