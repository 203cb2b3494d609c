package io.tollgate.notification;

import static io.tollgate.testing.TamperedAudit.tampering;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.testing.TamperedAudit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The audit turns red for each invariant of notices, inboxes and e-mails. */
class AuditIT extends ServiceTest {

  private static final Duration LEAD = Duration.ofDays(20);

  @TestFactory
  Stream<DynamicTest> eachInvariantIsSeenToBreak() {
    AccountId told = world.openAccount(now(), "audited@example.com");
    AccountId other = world.openAccount(now());
    Occurrence.SUSPENDED.account(told).ifPresent(world::publish);
    for (AccountId account : List.of(told, other)) {
      world.publish(
          new AccountEvent.InstanceRegistered(
              account,
              InstanceId.of("i-" + account),
              ProductId.of("audited"),
              now(),
              new RuleId("C7.1")));
    }
    awaitMessages(told, 1);
    awaitSettled();
    String notice = relocationOf(told, other);
    stepTo(now().plus(LEAD));
    assertThat(service.operator().get("/v1/notices/" + notice).text("/notice/state"))
        .isEqualTo("MATURED");
    String ofTold = "account_id = '" + told + "'";
    String ofNotice = "notice_id = '" + notice + "'";
    return TamperedAudit.tests(
        service,
        Topics.NOTICE_EVENTS,
        List.of(
            tampering(
                "inbox-numbers",
                "the inbox of " + told,
                "update account set last_message = last_message + 1 where " + ofTold),
            tampering(
                "recipients-have-messages",
                "notice " + notice + " to " + told,
                "update notice_recipient set delivered_at = delivered_at - interval '1 second'"
                    + " where "
                    + ofTold),
            tampering(
                "one-notice-per-event",
                "notice " + notice + " is in 2 inboxes",
                "update notice set cause = 'an event' where " + ofNotice),
            tampering(
                "emails-accompany-messages",
                "of notice ",
                "update email_delivery set account_id = 'nobody' where " + ofTold),
            tampering(
                "gates-opened-in-time",
                "notice " + notice + " matured before ",
                "update notice set matured_at = published_at where " + ofNotice)));
  }

  /** A notice to both, with the e-mail of one of them. */
  private static String relocationOf(AccountId first, AccountId second) {
    Answer published =
        service
            .operator()
            .post(
                "/v1/notices",
                """
                {"kind":"RELOCATION","action":{"type":"RELOCATION","instances":["i-%s","i-%s"]},
                 "effectAt":"%s",
                 "texts":{"en":{"title":"We move","body":"Rack 7 moves."},"zh":{"title":"搬迁","body":"机架 7 搬迁。"}}}
                """
                    .formatted(first, second, now().plus(LEAD)));
    assertThat(published.status()).as(published.toString()).isEqualTo(201);
    awaitSettled();
    return published.text("/notice/id");
  }
}
