package io.tollgate.billing;

import static io.tollgate.support.web.security.Grant.customer;
import static io.tollgate.support.web.security.Grant.customerOfAccount;
import static io.tollgate.support.web.security.Grant.operator;
import static io.tollgate.support.web.security.Grant.platform;

import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Scopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may use which route; a route without a rule is closed to everyone. */
@Configuration(proxyBeanMethods = false)
public class BillingAccess {

  private static final String ACCOUNT = "/v1/accounts/{account}";
  private static final String ADJUSTMENT = ACCOUNT + "/adjustments/{adjustment}";
  private static final String RECHARGE = "/v1/recharges/{recharge}";
  private static final String PRODUCT = "/v1/products/{product}";

  @Bean
  AccessRules accessRules() {
    AccessRules rules = AccessRules.ofEveryServiceWithDatabase();
    catalogue(rules);
    statements(rules);
    payments(rules);
    concessions(rules);
    lowBalance(rules);
    return rules;
  }

  /** Adds the routes of products and prices, which everyone with a credential may read. */
  public static void catalogue(AccessRules rules) {
    rules
        .get("/v1/products", customer(), platform(), operator())
        .get(PRODUCT, customer(), platform(), operator())
        .get(PRODUCT + "/prices", customer(), platform(), operator())
        .post("/v1/products", operator(Scopes.CATALOGUE))
        .post(PRODUCT + "/prices", operator(Scopes.CATALOGUE))
        .post(PRODUCT + "/prices/{version}/withdrawal", operator(Scopes.CATALOGUE));
  }

  private static void statements(AccessRules rules) {
    rules
        .get("/v1/accounts", operator())
        .get(ACCOUNT + "/balance", operator(), customerOfAccount())
        .get(ACCOUNT + "/bills", operator(), customerOfAccount())
        .get(ACCOUNT + "/bills/{bill}", operator(), customerOfAccount())
        .get(ACCOUNT + "/bills/{bill}/lines", operator(), customerOfAccount())
        .get(ACCOUNT + "/bills/{bill}/lines/{number}/explanation", operator(), customerOfAccount())
        .get(ACCOUNT + "/penalties", operator(), customerOfAccount())
        .get(ACCOUNT + "/postings", operator(), customerOfAccount());
  }

  private static void payments(AccessRules rules) {
    rules
        .get(ACCOUNT + "/recharges", operator(), customerOfAccount())
        .post(ACCOUNT + "/recharges", operator(Scopes.RECHARGE))
        .get("/v1/recharges", operator())
        .post("/v1/remittances", operator(Scopes.RECHARGE))
        .post(RECHARGE + "/confirmation", operator(Scopes.RECHARGE))
        .post(RECHARGE + "/assignment", operator(Scopes.RECHARGE))
        .post(RECHARGE + "/rejection", operator(Scopes.RECHARGE))
        .post(RECHARGE + "/reversal", operator(Scopes.RECHARGE))
        .put("/v1/payee-accounts/{payee}", operator(Scopes.ACCOUNT))
        .get("/v1/payee-accounts", operator())
        .get(ACCOUNT + "/payee-account", operator(), customerOfAccount())
        .put(ACCOUNT + "/credit-limit", operator(Scopes.ACCOUNT));
  }

  private static void concessions(AccessRules rules) {
    rules
        .post(ACCOUNT + "/adjustments", operator(Scopes.ADJUST))
        .get(ACCOUNT + "/adjustments", operator())
        .get("/v1/adjustments", operator())
        .post(ADJUSTMENT + "/approval", operator(Scopes.APPROVE))
        .post(ADJUSTMENT + "/rejection", operator(Scopes.APPROVE))
        .post(ADJUSTMENT + "/reversal", operator(Scopes.ADJUST))
        .post("/v1/force-majeure", operator(Scopes.ADJUST))
        .get("/v1/force-majeure", operator())
        .get("/v1/force-majeure/{declaration}", operator())
        .post("/v1/force-majeure/{declaration}/end", operator(Scopes.ADJUST));
  }

  private static void lowBalance(AccessRules rules) {
    rules
        .get(ACCOUNT + "/low-balance", operator(), customerOfAccount())
        .put(ACCOUNT + "/low-balance-threshold", operator(Scopes.ACCOUNT), customerOfAccount())
        .put(ACCOUNT + "/low-balance-forecast", operator(Scopes.ACCOUNT), customerOfAccount());
  }
}
