package io.tollgate.notification;

import io.tollgate.notification.email.EmailProperties;
import io.tollgate.store.StoreConfiguration;
import io.tollgate.store.agreement.PolicySupportConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.store.webhook.WebhookConfiguration;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The notification service: inbox, e-mail, announcements, gated notices and their proof. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailProperties.class)
@Import({
  StoreConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class,
  PolicySupportConfiguration.class,
  AuditTrailConfiguration.class,
  WebhookConfiguration.class
})
public class NotificationApplication {

  /** Starts the service; it is configured by {@code notification.yml} and the environment. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(NotificationApplication.class)
        .properties("spring.config.name=notification")
        .run(args);
  }
}
