package io.tollgate.support.time;

import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The business clock of a service; needs a {@link ClockStore}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockSettings.class)
public class ClockConfiguration {

  @Bean
  BusinessClock businessClock(ClockSettings settings, ClockStore store) {
    return BusinessClocks.open(
        settings.mode(), Optional.ofNullable(settings.start()), store, Clock.systemUTC());
  }

  /** The machine's time, for what others check against theirs: never for business. */
  @Bean
  InstantSource machineTime() {
    return InstantSource.system();
  }

  @Bean
  ClockService clockService(
      BusinessClock clock,
      ObjectProvider<SettleCheck> checks,
      ObjectProvider<SettleChecks> groups,
      ObjectProvider<ClockListener> listeners) {
    List<SettleCheck> all = new ArrayList<>(checks.orderedStream().toList());
    groups.orderedStream().forEach(group -> all.addAll(group.settleChecks()));
    return new ClockService(clock, all, listeners.orderedStream().toList());
  }

  @Bean
  ClockController clockController(ClockService clock) {
    return new ClockController(clock);
  }
}
