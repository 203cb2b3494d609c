package io.tollgate.billing;

import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.agreement.PolicySupportConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.support.web.AwaitedAccounts;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The billing service: usage to charges, ledger, arrears and penalties. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({
  StoreConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class,
  AwaitedAccounts.class
})
public class BillingApplication {

  /** Starts the service; it is configured by {@code billing.yml} and the environment. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(BillingApplication.class)
        .properties("spring.config.name=billing")
        .run(args);
  }
}
