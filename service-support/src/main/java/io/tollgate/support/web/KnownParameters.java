package io.tollgate.support.web;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rejects query parameters that a route does not have, and repeated ones that it has once.
 *
 * <p>A misspelt filter that is ignored would return everything and look like a valid answer. The
 * known parameters are derived from the controller method, so they cannot be forgotten. The filter
 * runs after the access rules: callers without access learn nothing about a route.
 */
@Order(100)
final class KnownParameters implements WebFilter {

  private final RequestMappingHandlerMapping controllers;
  private final Map<Method, Known> routes = new ConcurrentHashMap<>();

  KnownParameters(RequestMappingHandlerMapping controllers) {
    this.controllers = controllers;
  }

  /**
   * What a route takes.
   *
   * @param names its parameters; true for one that may be given more than once
   * @param any whether it reads the others itself
   */
  private record Known(SortedMap<String, Boolean> names, boolean any) {}

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    // Most requests have none, and events among them: they pay nothing.
    if (exchange.getRequest().getURI().getRawQuery() == null) {
      return chain.filter(exchange);
    }
    return controllers
        .getHandler(exchange)
        .doOnNext(handler -> check(handler, exchange.getRequest().getQueryParams()))
        .then(Mono.defer(() -> chain.filter(exchange)));
  }

  private void check(Object handler, MultiValueMap<String, String> given) {
    if (!(handler instanceof HandlerMethod method)) {
      return;
    }
    Known known = routes.computeIfAbsent(method.getMethod(), each -> known(method));
    given.forEach((name, values) -> check(known, name, values));
  }

  private static void check(Known known, String name, List<String> values) {
    Boolean several = known.names().get(name);
    if (several == null) {
      if (!known.any()) {
        throw ProblemException.invalid(
            name, "is not a query parameter of this route; " + list(known));
      }
    } else if (!several && values.size() > 1) {
      throw ProblemException.invalid(name, "is given " + values.size() + " times; give it once");
    }
  }

  private static String list(Known known) {
    return known.names().isEmpty()
        ? "it has none"
        : "it has " + String.join(", ", known.names().keySet());
  }

  private static Known known(HandlerMethod method) {
    SortedMap<String, Boolean> names = new TreeMap<>();
    boolean any = false;
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation =
          AnnotatedElementUtils.findMergedAnnotation(parameter.getParameter(), RequestParam.class);
      if (annotation != null) {
        if (Map.class.isAssignableFrom(parameter.getParameterType())) {
          any = true;
        } else {
          names.put(nameOf(annotation, parameter), takesSeveral(parameter));
        }
      }
    }
    return new Known(names, any);
  }

  private static String nameOf(RequestParam annotation, MethodParameter parameter) {
    return Optional.of(annotation.name())
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> parameter.getParameter().getName());
  }

  private static boolean takesSeveral(MethodParameter parameter) {
    Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
    return type.isArray() || Collection.class.isAssignableFrom(type);
  }
}
