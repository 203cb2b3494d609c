package io.tollgate.support.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.clock.BusinessClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs all {@link Sweep} beans. */
@Configuration(proxyBeanMethods = false)
public class SweepConfiguration {

  @Bean
  SweepScheduler sweepScheduler(
      ObjectProvider<Sweep> sweeps,
      BusinessClock clock,
      MeterRegistry meters,
      ServiceIdentity identity) {
    return new SweepScheduler(sweeps.orderedStream().toList(), clock, meters, identity.service());
  }
}
