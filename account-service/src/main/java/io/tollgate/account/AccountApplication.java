package io.tollgate.account;

import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.agreement.PolicySupportConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.store.webhook.WebhookConfiguration;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The account service: accounts, contacts, service instances and their lifecycle. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({
  StoreConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class,
  WebhookConfiguration.class
})
public class AccountApplication {

  /** Starts the service; it is configured by {@code account.yml} and the environment. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(AccountApplication.class)
        .properties("spring.config.name=account")
        .run(args);
  }
}
