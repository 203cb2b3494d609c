package io.tollgate.support.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.clock.BusinessClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs all {@link Sweep} beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SweepSettings.class)
public class SweepConfiguration {

  @Bean
  SweepScheduler sweepScheduler(
      ObjectProvider<Sweep> sweeps,
      BusinessClock clock,
      SweepSettings settings,
      MeterRegistry meters,
      ServiceIdentity identity) {
    return new SweepScheduler(
        sweeps.orderedStream().toList(),
        clock,
        settings.period(clock.mode()),
        meters,
        identity.service());
  }
}
