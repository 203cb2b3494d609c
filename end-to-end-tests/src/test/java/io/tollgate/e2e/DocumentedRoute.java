package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.Service;
import io.tollgate.testing.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A route that a service documents, and for whom it is: written down apart from the code. */
record DocumentedRoute(Service service, String method, String path) {

  /** Those a customer may use for its own account. A route that is not here must refuse it. */
  static final Set<String> OF_CUSTOMERS =
      Set.of(
          "METERING GET /v1/accounts/{}/usage",
          "BILLING GET /v1/products",
          "BILLING GET /v1/products/{}",
          "BILLING GET /v1/products/{}/prices",
          "BILLING GET /v1/accounts/{}/recharges",
          "BILLING GET /v1/accounts/{}/payee-account",
          "BILLING GET /v1/accounts/{}/low-balance",
          "BILLING PUT /v1/accounts/{}/low-balance-forecast",
          "BILLING PUT /v1/accounts/{}/low-balance-threshold",
          "BILLING GET /v1/accounts/{}/balance",
          "BILLING GET /v1/accounts/{}/bills",
          "BILLING GET /v1/accounts/{}/bills/{}",
          "BILLING GET /v1/accounts/{}/bills/{}/lines",
          "BILLING GET /v1/accounts/{}/bills/{}/lines/{}/explanation",
          "BILLING GET /v1/accounts/{}/penalties",
          "BILLING GET /v1/accounts/{}/postings",
          "BILLING GET /v1/accounts/{}/audit-trail",
          "ACCOUNT GET /v1/accounts",
          "ACCOUNT GET /v1/accounts/{}",
          "ACCOUNT GET /v1/accounts/{}/contacts",
          "ACCOUNT PUT /v1/accounts/{}/contacts",
          "ACCOUNT DELETE /v1/accounts/{}/contacts",
          "ACCOUNT GET /v1/accounts/{}/instances",
          "ACCOUNT GET /v1/accounts/{}/holds",
          "ACCOUNT GET /v1/instances/{}",
          "ACCOUNT GET /v1/instances/{}/entitlement",
          "ACCOUNT PUT /v1/instances/{}/backup-rule",
          "ACCOUNT POST /v1/instances/{}/release",
          "ACCOUNT GET /v1/instances/{}/holds",
          "ACCOUNT GET /v1/accounts/{}/audit-trail",
          "NOTIFICATION GET /v1/accounts/{}/messages",
          "NOTIFICATION GET /v1/accounts/{}/messages/unread-count",
          "NOTIFICATION GET /v1/accounts/{}/messages/stream",
          "NOTIFICATION POST /v1/accounts/{}/messages/{}/read",
          "NOTIFICATION POST /v1/accounts/{}/messages/{}/answer",
          "NOTIFICATION PUT /v1/accounts/{}/webhook",
          "NOTIFICATION GET /v1/accounts/{}/webhook",
          "NOTIFICATION DELETE /v1/accounts/{}/webhook",
          "NOTIFICATION GET /v1/accounts/{}/webhook/deliveries",
          "NOTIFICATION POST /v1/accounts/{}/webhook/deliveries/{}/replay",
          "NOTIFICATION GET /v1/announcements",
          "NOTIFICATION GET /v1/accounts/{}/audit-trail");

  /** Those that name no account: they show what everybody may see, or the asker's own. */
  static final Set<String> OF_EVERYBODY =
      Set.of(
          "BILLING GET /v1/products",
          "BILLING GET /v1/products/{}",
          "BILLING GET /v1/products/{}/prices",
          "ACCOUNT GET /v1/accounts",
          "NOTIFICATION GET /v1/announcements");

  /** Those that are read without any token (C3.2.10). */
  static final Set<String> OF_THE_PUBLIC = Set.of("NOTIFICATION GET /v1/announcements");

  private static final Map<String, String> BODIES =
      Map.of(
          "BILLING PUT /v1/accounts/{}/low-balance-forecast", "{'days':7}",
          "BILLING PUT /v1/accounts/{}/low-balance-threshold", "{'amount':'5.00'}",
          "BILLING POST /v1/accounts/{}/adjustments/{}/rejection", "{'reason':'a test'}",
          "BILLING POST /v1/accounts/{}/adjustments/{}/reversal", "{'reason':'a test'}",
          "ACCOUNT PUT /v1/accounts/{}/contacts",
              "{'name':'Eve','emails':['eve@example.com'],'marketingConsent':true}",
          "ACCOUNT PUT /v1/instances/{}/legal-hold", "{'reason':'a test'}",
          "ACCOUNT PUT /v1/platforms/{}/webhook",
              "{'url':'https://receiver.invalid/','secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}",
          "ACCOUNT POST /v1/platforms/{}/report", "{'instances':[],'complete':true}",
          "NOTIFICATION PUT /v1/accounts/{}/webhook",
              "{'url':'https://receiver.invalid/','secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}",
          "NOTIFICATION POST /v1/accounts/{}/messages/{}/answer", "{'answer':'REJECT'}");

  /** All of them: reading first; what takes away comes last, and of that the instance itself. */
  static List<DocumentedRoute> all() {
    List<DocumentedRoute> routes = new ArrayList<>();
    for (Service service : Service.values()) {
      for (String documented : Routes.documented(service.label())) {
        String[] parts = documented.split(" ", 2);
        routes.add(new DocumentedRoute(service, parts[0], parts[1]));
      }
    }
    assertThat(routes).hasSizeGreaterThan(90);
    return routes.stream().sorted(Comparator.comparingInt(DocumentedRoute::order)).toList();
  }

  /** Those that want a token. */
  static List<DocumentedRoute> closed() {
    return all().stream().filter(route -> !OF_THE_PUBLIC.contains(route.name())).toList();
  }

  String name() {
    return service + " " + method + " " + path;
  }

  private int order() {
    return switch (method) {
      case "GET" -> 0;
      case "PUT" -> 1;
      case "POST" -> path.endsWith("/release") ? 4 : 2;
      default -> 3;
    };
  }

  /** What may be sent to it. */
  String body() {
    boolean writes = method.equals("POST") || method.equals("PUT");
    return BODIES.getOrDefault(name(), writes && !path.endsWith("/release") ? "{}" : "");
  }
}
