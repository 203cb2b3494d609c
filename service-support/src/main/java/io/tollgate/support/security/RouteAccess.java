package io.tollgate.support.security;

import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
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
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Opens the routes of a service and of its management to whom the rules name; only health is for
 * everybody.
 *
 * <p>A route without a rule is nobody's. To whom has a token it does not exist, so that a wrong
 * path is told from a missing right.
 */
final class RouteAccess {

  /** The numbers of a service; on the management port, where its health is. */
  static final String METRICS = "/actuator/prometheus";

  private static final String DOCUMENT = "/openapi.yaml";

  private final List<AccessRules> rules;

  RouteAccess(List<AccessRules> rules) {
    this.rules = List.copyOf(rules);
  }

  void open(AuthorizeExchangeSpec exchanges) {
    exchanges.pathMatchers("/actuator/health", "/actuator/health/**").permitAll();
    exchanges.pathMatchers(HttpMethod.GET, DOCUMENT).authenticated();
    exchanges.pathMatchers(HttpMethod.HEAD, DOCUMENT).authenticated();
    open(exchanges, new AccessRules().get(METRICS, Grant.operator(), Grant.monitor()));
    for (AccessRules each : rules) {
      open(exchanges, each);
    }
    exchanges.anyExchange().access(this::refuse);
  }

  private static void open(AuthorizeExchangeSpec exchanges, AccessRules opened) {
    for (AccessRules.Rule rule : opened.rules()) {
      for (HttpMethod method : methods(rule)) {
        exchanges
            .pathMatchers(method, rule.pattern())
            .access((authentication, context) -> decide(rule, authentication, context));
      }
    }
  }

  /** Who may read may also ask for the headers alone. */
  private static List<HttpMethod> methods(AccessRules.Rule rule) {
    return rule.method().equals(HttpMethod.GET)
        ? List.of(HttpMethod.GET, HttpMethod.HEAD)
        : List.of(rule.method());
  }

  private static Mono<AuthorizationResult> decide(
      AccessRules.Rule rule, Mono<Authentication> authentication, AuthorizationContext context) {
    return authentication
        .map(
            token -> {
              Caller caller = Callers.of(token);
              return rule.grants().stream()
                  .anyMatch(grant -> grant.covers(caller, context.getVariables()));
            })
        .defaultIfEmpty(false)
        .map(AuthorizationDecision::new);
  }

  /** Without a token nothing is told of what is there. */
  private Mono<AuthorizationResult> refuse(
      Mono<Authentication> authentication, AuthorizationContext context) {
    return authentication
        .<AuthorizationResult>flatMap(token -> Mono.error(unknown(context.getExchange())))
        .defaultIfEmpty(new AuthorizationDecision(false));
  }

  private ProblemException unknown(ServerWebExchange exchange) {
    PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
    Set<HttpMethod> allowed =
        Stream.concat(rules.stream(), Stream.of(new AccessRules().get(DOCUMENT, Grant.operator())))
            .flatMap(each -> each.rules().stream())
            .filter(rule -> PathPatternParser.defaultInstance.parse(rule.pattern()).matches(path))
            .flatMap(rule -> methods(rule).stream())
            .collect(Collectors.toSet());
    if (allowed.isEmpty()) {
      return ProblemException.notFound("this route");
    }
    exchange.getResponse().getHeaders().setAllow(allowed);
    List<String> names = allowed.stream().map(HttpMethod::name).sorted().toList();
    return new ProblemException(
        HttpStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "this route takes " + String.join(", ", names),
        Map.of("allowed", names));
  }
}
