package io.tollgate.account.reconciliation;

import io.micrometer.core.instrument.Tags;
import io.tollgate.support.observability.Reading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How far platforms are from what they should run. */
@Configuration(proxyBeanMethods = false)
class ReconciliationMetrics {

  private static final long PERIOD_SECONDS = 15;

  @Bean
  Reading differenceReading(JdbcReportRepository reports) {
    return new Reading(
        "reconciliation",
        PERIOD_SECONDS,
        display ->
            display.show(
                "tollgate_reconciliation_differences",
                "Instances that run but should not, or should run but do not",
                Tags.empty(),
                (double) reports.count()));
  }
}
