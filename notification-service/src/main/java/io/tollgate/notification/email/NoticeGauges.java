package io.tollgate.notification.email;

import io.micrometer.core.instrument.Tags;
import io.tollgate.support.observability.SupportMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of what waits: names are API. */
@Configuration(proxyBeanMethods = false)
class NoticeGauges {

  private static final long PERIOD_SECONDS = 15;

  @Bean
  SupportMetrics.Reading noticeReading(JdbcClient jdbc) {
    return new SupportMetrics.Reading(
        "notices",
        PERIOD_SECONDS,
        display -> {
          for (DeliveryOutcome outcome :
              new DeliveryOutcome[] {DeliveryOutcome.PENDING, DeliveryOutcome.FAILED}) {
            display.show(
                "tollgate_emails",
                "E-mails that are queued, or that need an operator",
                Tags.of("outcome", outcome.name()),
                count(
                    jdbc,
                    "select count(*) from email_delivery where "
                        + JdbcEmailRepository.condition(outcome)));
          }
          display.show(
              "tollgate_notices_undelivered",
              "Recipients who do not have a published notice yet",
              Tags.empty(),
              count(
                  jdbc,
                  """
                  select count(*) from notice_recipient r join notice n using (notice_id)
                  where r.delivered_at is null and n.state <> 'WITHDRAWN'\
                  """));
        });
  }

  private static double count(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
