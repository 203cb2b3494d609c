package io.tollgate.e2e;

import io.tollgate.standalone.Service;
import io.tollgate.support.web.security.Scopes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What operators and platforms may do, written down apart from the rules in the code: a route that
 * is in neither is expected to refuse them.
 */
final class Roles {

  /** Routes for which an operator's token needs a scope; all others read. */
  private static final Map<String, String> SCOPES = new TreeMap<>();

  /** Routes for which a platform's token is enough. */
  static final Set<String> OF_PLATFORMS =
      Set.of(
          "METERING POST /api/v1/events",
          "METERING GET /api/v1/events",
          "METERING GET /api/v1/meters",
          "METERING GET /api/v1/meters/{}",
          "METERING GET /api/v1/meters/{}/query",
          "METERING GET /v1/meters",
          "METERING GET /v1/meters/{}",
          "METERING GET /v1/accounts/{}/usage",
          "METERING GET /v1/event-fates",
          "METERING GET /v1/event-fates/event",
          "METERING GET /v1/event-fates/counts",
          "BILLING GET /v1/products",
          "BILLING GET /v1/products/{}",
          "BILLING GET /v1/products/{}/prices",
          "ACCOUNT POST /v1/accounts/{}/instances",
          "ACCOUNT GET /v1/accounts/{}/instances",
          "ACCOUNT GET /v1/instances/{}",
          "ACCOUNT GET /v1/instances/{}/entitlement",
          "ACCOUNT GET /v1/instances/{}/holds",
          "ACCOUNT GET /v1/platforms/{}/commands",
          "ACCOUNT POST /v1/platforms/{}/commands/{}/acknowledgement",
          "ACCOUNT PUT /v1/platforms/{}/webhook",
          "ACCOUNT GET /v1/platforms/{}/webhook",
          "ACCOUNT DELETE /v1/platforms/{}/webhook",
          "ACCOUNT POST /v1/platforms/{}/report",
          "ACCOUNT GET /v1/platforms/{}/differences",
          "NOTIFICATION GET /v1/announcements");

  /** Routes that no operator may use, whatever the scopes. */
  static final Set<String> NOT_OF_OPERATORS =
      Set.of(
          "METERING POST /api/v1/events",
          "NOTIFICATION GET /v1/accounts/{}/messages/stream",
          "NOTIFICATION POST /v1/accounts/{}/messages/{}/read",
          "NOTIFICATION POST /v1/accounts/{}/messages/{}/answer");

  static {
    scope(
        "METERING",
        Scopes.CATALOGUE,
        "POST /v1/meters",
        "POST /v1/meters/{}/versions/{}/withdrawal");
    scope("METERING", Scopes.ADJUST, "POST /v1/corrections");
    scope("METERING", Scopes.REPLAY, "POST /v1/quarantine/{}/{}/replay");
    for (Service service : Service.values()) {
      String name = service.name();
      scope(name, Scopes.CLOCK, "POST /v1/clock/step");
      if (service != Service.METERING) {
        scope(
            name,
            Scopes.REPLAY,
            "POST /v1/parked-accounts/{}/replay",
            "POST /v1/set-aside/retry",
            "POST /v1/dead-letters/replay");
        scope(name, Scopes.POLICY, "POST /v1/policies");
      }
    }
    scope(
        "BILLING",
        Scopes.CATALOGUE,
        "POST /v1/products",
        "POST /v1/products/{}/prices",
        "POST /v1/products/{}/prices/{}/withdrawal");
    scope(
        "BILLING",
        Scopes.RECHARGE,
        "POST /v1/accounts/{}/recharges",
        "POST /v1/remittances",
        "POST /v1/recharges/{}/assignment",
        "POST /v1/recharges/{}/rejection",
        "POST /v1/recharges/{}/confirmation",
        "POST /v1/recharges/{}/reversal");
    scope(
        "BILLING",
        Scopes.ADJUST,
        "POST /v1/accounts/{}/adjustments",
        "POST /v1/accounts/{}/adjustments/{}/reversal");
    scope(
        "BILLING",
        Scopes.APPROVE,
        "POST /v1/accounts/{}/adjustments/{}/approval",
        "POST /v1/accounts/{}/adjustments/{}/rejection");
    scope(
        "BILLING",
        Scopes.ACCOUNT,
        "PUT /v1/accounts/{}/credit-limit",
        "PUT /v1/accounts/{}/low-balance-threshold",
        "PUT /v1/accounts/{}/low-balance-forecast",
        "PUT /v1/payee-accounts/{}");
    scope(
        "ACCOUNT",
        Scopes.ACCOUNT,
        "POST /v1/accounts",
        "PUT /v1/accounts/{}/contacts",
        "DELETE /v1/accounts/{}/contacts",
        "POST /v1/accounts/{}/instances",
        "POST /v1/instances/{}/release",
        "PUT /v1/instances/{}/backup-rule",
        "POST /v1/instances/{}/relocation",
        "POST /v1/platforms/{}/commands/{}/acknowledgement",
        "PUT /v1/platforms/{}/webhook",
        "DELETE /v1/platforms/{}/webhook",
        "POST /v1/platforms/{}/report");
    scope(
        "ACCOUNT",
        Scopes.HOLD,
        "POST /v1/accounts/{}/holds",
        "DELETE /v1/accounts/{}/holds/{}",
        "POST /v1/instances/{}/termination",
        "PUT /v1/instances/{}/legal-hold",
        "DELETE /v1/instances/{}/legal-hold",
        "POST /v1/instances/{}/holds",
        "DELETE /v1/instances/{}/holds/{}");
    scope(
        "NOTIFICATION",
        Scopes.NOTICE,
        "POST /v1/notices",
        "GET /v1/notices/{}/proof",
        "POST /v1/notices/{}/withdrawal",
        "GET /v1/deliveries",
        "POST /v1/deliveries/{}/retry");
  }

  private Roles() {}

  private static void scope(String service, String scope, String... routes) {
    for (String route : routes) {
      SCOPES.put(service + " " + route, scope);
    }
  }

  /** The scope that an operator needs for a route; empty when reading it needs none. */
  static String scopeOf(String route) {
    return SCOPES.getOrDefault(route, "");
  }

  /** Every route named here. */
  static Set<String> named() {
    Set<String> all = new java.util.TreeSet<>(SCOPES.keySet());
    all.addAll(OF_PLATFORMS);
    all.addAll(NOT_OF_OPERATORS);
    return all;
  }
}
