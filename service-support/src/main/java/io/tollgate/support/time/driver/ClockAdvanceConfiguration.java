package io.tollgate.support.time.driver;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets a service drive the clocks of all; imported by one service only. */
@Configuration(proxyBeanMethods = false)
public class ClockAdvanceConfiguration {

  @Bean
  ClockAdvance clockAdvance(ClockSettings settings, BillingCalendar calendar) {
    return new ClockAdvance(settings, calendar);
  }

  @Bean
  ClockAdvanceController clockAdvanceController(ClockAdvance advance, BusinessClock clock) {
    return new ClockAdvanceController(advance, clock);
  }
}
