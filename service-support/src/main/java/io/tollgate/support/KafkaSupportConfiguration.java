package io.tollgate.support;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.audit.AuditConfiguration;
import io.tollgate.support.clock.ClockConfiguration;
import io.tollgate.support.kafka.KafkaConfiguration;
import io.tollgate.support.metrics.MetricsConfiguration;
import java.nio.file.Path;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a service needs that has Kafka and no database: identity, calendar, clock, topics, metrics,
 * audit. It brings its own {@link io.tollgate.support.clock.ClockStore}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  ClockConfiguration.class,
  KafkaConfiguration.class,
  MetricsConfiguration.class,
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
