package io.tollgate.support.time.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs all {@link Sweep} beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SweepSettings.class)
public class SweepConfiguration {

  @Bean
  DataChanges dataChanges() {
    return new DataChanges();
  }

  @Bean
  WriteSignal writeSignal(DataChanges changes) {
    return new WriteSignal(changes);
  }

  @Bean
  SweepScheduler sweepScheduler(
      ObjectProvider<Sweep> sweeps,
      BusinessClock clock,
      SweepSettings settings,
      DataChanges changes,
      MeterRegistry meters,
      ServiceIdentity identity) {
    SweepScheduler scheduler =
        new SweepScheduler(
            sweeps.orderedStream().toList(), clock, settings.period(), meters, identity.service());
    if (settings.looksWhenDataComesIn(clock.mode())) {
      scheduler.wakeOn(changes);
    }
    return scheduler;
  }
}
