package io.tollgate.notification.audit;

import io.tollgate.store.jdbc.SqlInvariant;
import io.tollgate.support.observability.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must always be true of inboxes and e-mails. */
@Configuration(proxyBeanMethods = false)
class NoticeInvariants {

  @Bean
  Invariant inboxNumbers(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "inbox-numbers",
        "Messages of an inbox are numbered 1, 2, 3 ... without gaps",
        "SELECT count(*) FROM account",
        """
        SELECT 'the inbox of ' || a.account_id || ' holds ' || m.held || ' messages, its last is ' || m.top, 1::numeric
        FROM account a
        CROSS JOIN LATERAL (SELECT count(*) AS held, coalesce(max(number), 0) AS top FROM message
                            WHERE account_id = a.account_id) m
        WHERE a.last_message <> m.held OR m.held <> m.top\
        """);
  }

  @Bean
  Invariant recipientsHaveMessages(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "recipients-have-messages",
        "What counts as delivered to a recipient is in its inbox since then, and the reverse",
        "SELECT count(*) FROM notice_recipient",
        """
        SELECT 'notice ' || r.notice_id || ' to ' || r.account_id, 1::numeric
        FROM notice_recipient r LEFT JOIN message m USING (notice_id, account_id)
        WHERE r.delivered_at IS DISTINCT FROM m.delivered_at\
        """);
  }

  @Bean
  Invariant eventsTellOnce(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "events-tell-once",
        "A notice that an event caused is in exactly one inbox",
        "SELECT count(*) FROM notice WHERE cause IS NOT NULL",
        """
        SELECT 'notice ' || n.notice_id || ' is in ' || count(m.notice_id) || ' inboxes', 1::numeric
        FROM notice n LEFT JOIN message m USING (notice_id)
        WHERE n.cause IS NOT NULL GROUP BY n.notice_id HAVING count(m.notice_id) <> 1\
        """);
  }

  @Bean
  Invariant emailsAccompanyMessages(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "emails-accompany-messages",
        "No e-mail tells what its account does not have in its inbox",
        "SELECT count(*) FROM email_delivery",
        """
        SELECT 'e-mail ' || e.delivery_id || ' of notice ' || e.notice_id, 1::numeric
        FROM email_delivery e
        WHERE NOT EXISTS (SELECT 1 FROM message m
                          WHERE m.account_id = e.account_id AND m.notice_id = e.notice_id)\
        """);
  }
}
