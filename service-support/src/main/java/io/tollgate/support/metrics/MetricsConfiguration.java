package io.tollgate.support.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.ServiceIdentity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads gauges that cost a query. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

  @Bean
  SupportMetrics supportMetrics(
      MeterRegistry meters,
      ServiceIdentity identity,
      ObjectProvider<SupportMetrics.Reading> readings) {
    return new SupportMetrics(meters, identity.named("metrics"), readings.orderedStream().toList());
  }
}
