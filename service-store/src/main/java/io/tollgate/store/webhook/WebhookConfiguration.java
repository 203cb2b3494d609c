package io.tollgate.store.webhook;

import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks of a service whose database has their tables. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
public class WebhookConfiguration {

  @Bean
  JdbcEndpointRepository webhookEndpoints(JdbcClient jdbc) {
    return new JdbcEndpointRepository(jdbc);
  }

  @Bean
  JdbcDeliveryRepository webhookDeliveries(JdbcClient jdbc) {
    return new JdbcDeliveryRepository(jdbc);
  }

  @Bean
  WebhookPoster webhookPoster(
      WebhookSettings settings, ReactorResourceFactory resources, InstantSource machineTime) {
    return new WebhookPoster(settings, resources, machineTime);
  }

  @Bean
  Webhooks webhooks(
      JdbcEndpointRepository endpoints,
      JdbcDeliveryRepository deliveries,
      WebhookPoster poster,
      WebhookSettings settings,
      Transactions transactions,
      AuditTrail trail,
      BusinessClock clock) {
    return new Webhooks(endpoints, deliveries, poster, settings, transactions, trail, clock);
  }

  @Bean
  WebhookSweep webhookSweep(
      JdbcEndpointRepository endpoints,
      JdbcDeliveryRepository deliveries,
      WebhookPoster poster,
      Transactions transactions,
      BusinessClock clock,
      Isolation isolation,
      ServiceIdentity identity) {
    return new WebhookSweep(
        endpoints, deliveries, poster, transactions, clock, isolation, identity);
  }
}
