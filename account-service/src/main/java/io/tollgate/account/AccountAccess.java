package io.tollgate.account;

import static io.tollgate.support.web.security.Grant.customer;
import static io.tollgate.support.web.security.Grant.customerOfAccount;
import static io.tollgate.support.web.security.Grant.operator;
import static io.tollgate.support.web.security.Grant.platform;

import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Scopes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Who may use which route; a route without a rule is closed to everyone. What a caller sees there
 * is bound by its credential in each query.
 */
@Configuration(proxyBeanMethods = false)
class AccountAccess {

  private static final String ACCOUNT = "/v1/accounts/{account}";
  private static final String INSTANCE = "/v1/instances/{instance}";
  private static final String PLATFORM = "/v1/platforms/{platform}";

  @Bean
  AccessRules accessRules() {
    AccessRules rules = AccessRules.ofEveryServiceWithDatabase();
    accounts(rules);
    instances(rules);
    platforms(rules);
    return rules;
  }

  private static void accounts(AccessRules rules) {
    rules
        .post("/v1/accounts", operator(Scopes.ACCOUNT))
        .get("/v1/accounts", operator(), customer())
        .get(ACCOUNT, operator(), customerOfAccount())
        .get(ACCOUNT + "/contacts", operator(), customerOfAccount())
        .put(ACCOUNT + "/contacts", operator(Scopes.ACCOUNT), customerOfAccount())
        .delete(ACCOUNT + "/contacts", operator(Scopes.ACCOUNT), customerOfAccount())
        .post(ACCOUNT + "/instances", operator(Scopes.ACCOUNT), platform())
        .get(ACCOUNT + "/instances", operator(), platform(), customerOfAccount())
        .get(ACCOUNT + "/holds", operator(), customerOfAccount())
        .post(ACCOUNT + "/holds", operator(Scopes.HOLD))
        .delete(ACCOUNT + "/holds/{hold}", operator(Scopes.HOLD));
  }

  private static void instances(AccessRules rules) {
    rules
        .get(INSTANCE, operator(), platform(), customer())
        .get(INSTANCE + "/entitlement", operator(), platform(), customer())
        .post(INSTANCE + "/release", operator(Scopes.ACCOUNT), customer())
        .post(INSTANCE + "/termination", operator(Scopes.HOLD))
        .put(INSTANCE + "/backup-rule", operator(Scopes.ACCOUNT), customer())
        .put(INSTANCE + "/legal-hold", operator(Scopes.HOLD))
        .delete(INSTANCE + "/legal-hold", operator(Scopes.HOLD))
        .get(INSTANCE + "/holds", operator(), platform(), customer())
        .post(INSTANCE + "/holds", operator(Scopes.HOLD))
        .post(INSTANCE + "/relocation", operator(Scopes.ACCOUNT))
        .delete(INSTANCE + "/holds/{hold}", operator(Scopes.HOLD));
  }

  private static void platforms(AccessRules rules) {
    rules
        .get(PLATFORM + "/commands", operator(), platform())
        .post(
            PLATFORM + "/commands/{command}/acknowledgement", operator(Scopes.ACCOUNT), platform())
        .put(PLATFORM + "/webhook", operator(Scopes.ACCOUNT), platform())
        .get(PLATFORM + "/webhook", operator(), platform())
        .delete(PLATFORM + "/webhook", operator(Scopes.ACCOUNT), platform())
        .post(PLATFORM + "/report", operator(Scopes.ACCOUNT), platform())
        .get(PLATFORM + "/differences", operator(), platform());
  }
}
