package io.tollgate.account;

import io.tollgate.support.JdbcSupportConfiguration;
import io.tollgate.support.audittrail.AuditTrailConfiguration;
import io.tollgate.support.gate.GateConfiguration;
import io.tollgate.support.policy.PolicySupportConfiguration;
import io.tollgate.support.security.SecuritySupportConfiguration;
import io.tollgate.support.web.WebSupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The account service: accounts, contacts, service instances and their life. */
@SpringBootApplication(proxyBeanMethods = false)
@Import({
  JdbcSupportConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class,
  GateConfiguration.class
})
public class AccountApplication {

  /** The service, not yet started; reads {@code account.yml}. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(AccountApplication.class)
        .properties("spring.config.name=account");
  }

  /** Starts it. */
  public static void main(String[] args) {
    var unused = application().run(args);
  }
}
