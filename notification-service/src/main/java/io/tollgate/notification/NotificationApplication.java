package io.tollgate.notification;

import static io.tollgate.support.web.security.Grant.customerOfAccount;
import static io.tollgate.support.web.security.Grant.everyone;
import static io.tollgate.support.web.security.Grant.operator;

import io.tollgate.notification.email.EmailProperties;
import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.agreement.PolicySupportConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The notification service as a process. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailProperties.class)
@Import({
  StoreConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class
})
public class NotificationApplication {

  /** Starts it; everything is configured by {@code notification.yml} and the environment. */
  public static void main(String[] args) {
    application().run(args);
  }

  /** The application with the name of its configuration, for whoever starts it. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(NotificationApplication.class)
        .properties("spring.config.name=notification");
  }

  /** Messages belong to their account; notices are published by operators with scope notice. */
  @Bean
  AccessRules accessRules() {
    String messages = "/v1/accounts/{account}/messages";
    return AccessRules.ofEveryService()
        .get(messages, customerOfAccount(), operator())
        .get(messages + "/unread-count", customerOfAccount(), operator())
        .get(messages + "/stream", customerOfAccount())
        .post(messages + "/{message}/read", customerOfAccount())
        .post(messages + "/{message}/answer", customerOfAccount())
        .post("/v1/notices", operator(Scopes.NOTICE))
        .get("/v1/notices", operator())
        .get("/v1/notices/{notice}", operator())
        .get("/v1/notices/{notice}/proof", operator(Scopes.NOTICE))
        .post("/v1/notices/{notice}/withdrawal", operator(Scopes.NOTICE))
        .get("/v1/announcements", everyone())
        .get("/v1/deliveries", operator(Scopes.NOTICE))
        .post("/v1/deliveries/{delivery}/retry", operator(Scopes.NOTICE));
  }
}
