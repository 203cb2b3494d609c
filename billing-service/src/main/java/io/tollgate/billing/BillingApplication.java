package io.tollgate.billing;

import io.tollgate.billing.catalogue.CatalogueController;
import io.tollgate.billing.concession.AdjustmentController;
import io.tollgate.billing.forcemajeure.ForceMajeureController;
import io.tollgate.billing.lowbalance.LowBalanceController;
import io.tollgate.billing.payment.PayeeAccountController;
import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.agreement.GateConfiguration;
import io.tollgate.store.agreement.PolicySupportConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.support.web.AwaitedAccounts;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Grant;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The billing service. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({
  StoreConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class,
  GateConfiguration.class,
  AwaitedAccounts.class
})
public class BillingApplication {

  /** Starts the service alone. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(BillingApplication.class)
        .properties("spring.config.name=billing")
        .run(args);
  }

  @Bean
  AccessRules accessRules() {
    AccessRules rules = AccessRules.ofEveryService();
    CatalogueController.addRules(rules);
    AdjustmentController.addRules(rules);
    ForceMajeureController.addRules(rules);
    PayeeAccountController.addRules(rules);
    LowBalanceController.addRules(rules);
    String account = "/v1/accounts/{account}";
    for (String view :
        new String[] {
          "/balance",
          "/bills",
          "/bills/{bill}",
          "/bills/{bill}/lines",
          "/bills/{bill}/lines/{number}/explanation",
          "/penalties",
          "/postings",
          "/recharges"
        }) {
      rules.get(account + view, Grant.operator(), Grant.customerOfAccount());
    }
    return rules
        .post(account + "/recharges", Grant.operator(Scopes.RECHARGE))
        .get("/v1/accounts", Grant.operator())
        .get("/v1/recharges", Grant.operator())
        .post("/v1/recharges/{recharge}/confirmation", Grant.operator(Scopes.RECHARGE))
        .post("/v1/remittances", Grant.operator(Scopes.RECHARGE))
        .post("/v1/recharges/{recharge}/assignment", Grant.operator(Scopes.RECHARGE))
        .post("/v1/recharges/{recharge}/rejection", Grant.operator(Scopes.RECHARGE))
        .post("/v1/recharges/{recharge}/reversal", Grant.operator(Scopes.RECHARGE))
        .put(account + "/credit-limit", Grant.operator(Scopes.ACCOUNT));
  }
}
