package io.tollgate.support.web.security;

import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.security.AccessRules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Opens the routes of a service and of its management port to those whom the rules name; only
 * health and the descriptions of problem types are public.
 *
 * <p>A route without a rule is closed to everyone. To callers with a token it does not exist, so
 * that a wrong path can be told from a missing permission.
 */
final class RouteAccess {

  /** The numbers of a service; on the management port, where its health is. */
  static final String METRICS = "/actuator/prometheus";

  /** Whether it is well, and what its problems mean: {@code unauthenticated} among them. */
  private static final List<PathPattern> PUBLIC =
      Stream.of("/actuator/health/**", "/problems/**")
          .map(PathPatternParser.defaultInstance::parse)
          .toList();

  private static final String DOCUMENT = "/openapi.yaml";

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final List<Route> routes;

  /** Those that anybody may read. */
  private final List<Route> publicRoutes;

  RouteAccess(List<AccessRules> rules) {
    List<Route> opened = new ArrayList<>();
    rules.forEach(each -> each.rules().forEach(rule -> opened.add(Route.of(rule))));
    new AccessRules()
        .get(METRICS, Grant.operator(), Grant.monitor())
        .get(DOCUMENT, Grant.anybody())
        .rules()
        .forEach(rule -> opened.add(Route.of(rule)));
    this.routes = List.copyOf(opened);
    this.publicRoutes =
        opened.stream().filter(route -> route.grants().contains(Grant.everyone())).toList();
  }

  /**
   * A route that is somebody's.
   *
   * @param methods that it takes
   * @param pattern of its path
   * @param grants any one of them is enough
   */
  private record Route(Set<HttpMethod> methods, PathPattern pattern, List<Grant> grants) {

    /** Who may read may also ask for the headers alone. */
    static Route of(Rule rule) {
      return new Route(
          rule.method().equals(HttpMethod.GET) ? READING : Set.of(rule.method()),
          PathPatternParser.defaultInstance.parse(rule.pattern()),
          rule.grants());
    }

    void require(Caller caller, Map<String, String> path) {
      if (grants.stream().noneMatch(grant -> grant.covers(caller, path))) {
        throw ProblemException.forbidden(grants.stream().map(Grant::inWords).toList());
      }
    }
  }

  void open(AuthorizeExchangeSpec exchanges) {
    exchanges.anyExchange().access(this::decide);
  }

  /** Without a token nothing is told of what is there. */
  private Mono<AuthorizationResult> decide(
      Mono<Authentication> authentication, AuthorizationContext context) {
    if (isPublic(context.getExchange())) {
      return Mono.just(new AuthorizationDecision(true));
    }
    return authentication
        .filter(Authentication::isAuthenticated)
        .<AuthorizationResult>map(
            token -> {
              requireLet(Callers.of(token), context.getExchange());
              return new AuthorizationDecision(true);
            })
        .defaultIfEmpty(new AuthorizationDecision(false));
  }

  /** Whether anybody may read it: a token that comes along, good or bad, is not looked at. */
  boolean isPublic(ServerWebExchange exchange) {
    PathContainer path = pathOf(exchange);
    return PUBLIC.stream().anyMatch(pattern -> pattern.matches(path))
        || publicRoutes.stream()
            .anyMatch(
                route ->
                    route.methods().contains(exchange.getRequest().getMethod())
                        && route.pattern().matches(path));
  }

  /**
   * Lets a caller through.
   *
   * @throws ProblemException 403 saying whom the route is for, 404 or 405 where there is none
   */
  private void requireLet(Caller caller, ServerWebExchange exchange) {
    HttpMethod method = exchange.getRequest().getMethod();
    PathContainer path = pathOf(exchange);
    for (Route route : routes) {
      if (route.methods().contains(method)) {
        PathPattern.PathMatchInfo match = route.pattern().matchAndExtract(path);
        if (match != null) {
          route.require(caller, match.getUriVariables());
          return;
        }
      }
    }
    throw unknown(exchange);
  }

  private static PathContainer pathOf(ServerWebExchange exchange) {
    return exchange.getRequest().getPath().pathWithinApplication();
  }

  private ProblemException unknown(ServerWebExchange exchange) {
    PathContainer path = pathOf(exchange);
    Set<HttpMethod> allowed =
        routes.stream()
            .filter(route -> route.pattern().matches(path))
            .flatMap(route -> route.methods().stream())
            .collect(Collectors.toSet());
    if (allowed.isEmpty()) {
      return ProblemException.notFound("this route");
    }
    exchange.getResponse().getHeaders().setAllow(allowed);
    List<String> names = allowed.stream().map(HttpMethod::name).sorted().toList();
    return new ProblemException(
        HttpStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "this route supports " + String.join(", ", names),
        Map.of("allowed", names));
  }
}
