package io.tollgate.notification.email;

import io.micrometer.core.instrument.Tags;
import io.tollgate.store.jdbc.Counts;
import io.tollgate.support.observability.Reading;
import io.tollgate.support.time.BusinessClock;
import java.sql.Timestamp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gauges of what waits: names are API. */
@Configuration(proxyBeanMethods = false)
class NoticeGauges {

  private static final long PERIOD_SECONDS = 15;

  private static final String UNDELIVERED =
      """
      select count(*) as recipients,
             coalesce(extract(epoch from cast(:now as timestamptz) - min(n.published_at)), 0) as age
        from notice_recipient r join notice n using (notice_id)
       where r.delivered_at is null and n.state <> 'WITHDRAWN'
      """;

  private static final String OLDEST_EMAIL =
      """
      select coalesce(extract(epoch from cast(:now as timestamptz) - min(m.delivered_at)), 0)
        from email_delivery e join message m using (account_id, notice_id)
       where e.state in ('PENDING', 'CLAIMED')
      """;

  @Bean
  Reading noticeReading(JdbcClient jdbc, BusinessClock clock) {
    return new Reading(
        "notices",
        PERIOD_SECONDS,
        display -> {
          for (DeliveryOutcome outcome :
              new DeliveryOutcome[] {DeliveryOutcome.PENDING, DeliveryOutcome.FAILED}) {
            display.show(
                "tollgate_emails",
                "E-mails that are queued, or that need an operator",
                Tags.of("outcome", outcome.name()),
                Counts.of(
                    jdbc,
                    "select count(*) from email_delivery where "
                        + JdbcEmailRepository.condition(outcome)));
          }
          jdbc.sql(UNDELIVERED)
              .param("now", Timestamp.from(clock.now()))
              .query(
                  row -> {
                    display.show(
                        "tollgate_notices_undelivered",
                        "Recipients who do not have a published notice yet",
                        Tags.empty(),
                        row.getDouble("recipients"));
                    display.show(
                        "tollgate_notices_undelivered_age_seconds",
                        "How long ago the oldest such notice was published; 0 without any",
                        Tags.empty(),
                        row.getDouble("age"));
                  });
        });
  }

  /** A mail server that is away shows here before its e-mails have failed, which takes days. */
  @Bean
  Reading emailBacklogReading(JdbcClient jdbc, BusinessClock clock) {
    return new Reading(
        "email-backlog",
        PERIOD_SECONDS,
        display ->
            jdbc.sql(OLDEST_EMAIL)
                .param("now", Timestamp.from(clock.now()))
                .query(
                    row -> {
                      display.show(
                          "tollgate_emails_age_seconds",
                          "How long the oldest queued e-mail has waited; 0 without any",
                          Tags.empty(),
                          row.getDouble(1));
                    }));
  }
}
