package io.tollgate.store.agreement;

import io.micrometer.core.instrument.Tags;
import io.tollgate.store.jdbc.Counts;
import io.tollgate.support.observability.Reading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gates of a service with a database. */
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

  private static final long PERIOD_SECONDS = 60;

  @Bean
  Gates gates(JdbcClient jdbc) {
    return new Gates(jdbc);
  }

  /** Announced changes whose notice period has not elapsed. */
  @Bean
  Reading gateReading(JdbcClient jdbc) {
    return new Reading(
        "gates",
        PERIOD_SECONDS,
        display ->
            display.show(
                "tollgate_gates_ahead",
                "Gates that are not open yet",
                Tags.empty(),
                Counts.of(jdbc, "select count(*) from gate where state = 'SHUT'")));
  }
}
