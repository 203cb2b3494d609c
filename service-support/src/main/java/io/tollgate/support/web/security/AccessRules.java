package io.tollgate.support.web.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * The routes of a service and who may use them; a route without a rule is closed to everyone. One
 * bean per service.
 */
public final class AccessRules {

  private final List<Rule> rules = new ArrayList<>();

  /** The rules of the routes that the support gives every service: clock and audit. */
  public static AccessRules ofEveryService() {
    return new AccessRules()
        .get("/v1/clock", Grant.operator())
        .post("/v1/clock/step", Grant.operator(Scopes.CLOCK))
        .get("/v1/audit", Grant.operator());
  }

  /**
   * Those and the rules of the routes that the support gives every service with a database: what
   * was applied, parked, set aside and not understood; policies and audit trail.
   */
  public static AccessRules ofEveryServiceWithDatabase() {
    return ofEveryService()
        .get("/v1/audit/sequences", Grant.operator())
        .get("/v1/parked-accounts", Grant.operator())
        .post("/v1/parked-accounts/{parked}/replay", Grant.operator(Scopes.REPLAY))
        .get("/v1/set-aside", Grant.operator())
        .get("/v1/set-aside/reasons", Grant.operator())
        .post("/v1/set-aside/retry", Grant.operator(Scopes.REPLAY))
        .get("/v1/dead-letters", Grant.operator())
        .post("/v1/dead-letters/replay", Grant.operator(Scopes.REPLAY))
        .post("/v1/dead-letters/{id}/discard", Grant.operator(Scopes.REPLAY))
        .get("/v1/policies", Grant.operator())
        .post("/v1/policies", Grant.operator(Scopes.POLICY))
        .get("/v1/accounts/{account}/audit-trail", Grant.operator(), Grant.customerOfAccount());
  }

  /**
   * A rule.
   *
   * @param method the method
   * @param pattern the route's path pattern, as the controller has it
   * @param grants any one of them is enough
   */
  public record Rule(HttpMethod method, String pattern, List<Grant> grants) {}

  /** Adds a rule. */
  public AccessRules allow(HttpMethod method, String pattern, Grant... grants) {
    rules.add(new Rule(method, pattern, List.of(grants)));
    return this;
  }

  /** Lets reading through. */
  public AccessRules get(String pattern, Grant... grants) {
    return allow(HttpMethod.GET, pattern, grants);
  }

  /** Lets posting through. */
  public AccessRules post(String pattern, Grant... grants) {
    return allow(HttpMethod.POST, pattern, grants);
  }

  /** Lets putting through. */
  public AccessRules put(String pattern, Grant... grants) {
    return allow(HttpMethod.PUT, pattern, grants);
  }

  /** Lets deleting through. */
  public AccessRules delete(String pattern, Grant... grants) {
    return allow(HttpMethod.DELETE, pattern, grants);
  }

  /** All rules, in the order added; the first that matches decides. */
  public List<Rule> rules() {
    return List.copyOf(rules);
  }
}
