package io.tollgate.support.wiring;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaConfiguration;
import io.tollgate.support.observability.AuditConfiguration;
import io.tollgate.support.observability.MetricsConfiguration;
import io.tollgate.support.time.ClockConfiguration;
import io.tollgate.support.tracing.TracingConfiguration;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Everything that a service with Kafka and without a database needs: identity, calendar, clock,
 * topics, metrics, traces and audit. The service provides its own {@link
 * io.tollgate.support.time.ClockStore}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  ClockConfiguration.class,
  KafkaConfiguration.class,
  MetricsConfiguration.class,
  TracingConfiguration.class,
  AuditConfiguration.class
})
public class KafkaSupportConfiguration {

  @Bean
  ServiceIdentity serviceIdentity(
      @Value("${spring.application.name}") String service,
      @Value("${tollgate.instance:instance-0}") String instance,
      @Value("${tollgate.data-dir:.tollgate}") Path dataDirectory) {
    return new ServiceIdentity(service, instance, dataDirectory);
  }

  @Bean
  BillingCalendar billingCalendar(@Value("${tollgate.zone:Asia/Shanghai}") ZoneId zone) {
    return new BillingCalendar(zone);
  }
}
