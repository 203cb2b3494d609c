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
        "select count(*) from account",
        """
        select 'the inbox of ' || a.account_id || ' holds ' || m.held || ' messages, its last is ' || m.top, 1::numeric
        from account a
        cross join lateral (select count(*) as held, coalesce(max(number), 0) as top from message
                            where account_id = a.account_id) m
        where a.last_message <> m.held or m.held <> m.top\
        """);
  }

  @Bean
  Invariant recipientsHaveMessages(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "recipients-have-messages",
        "A notice marked as delivered to a recipient has been in its inbox since then, and the"
            + " reverse",
        "select count(*) from notice_recipient",
        """
        select 'notice ' || r.notice_id || ' to ' || r.account_id, 1::numeric
        from notice_recipient r left join message m using (notice_id, account_id)
        where r.delivered_at is distinct from m.delivered_at\
        """);
  }

  @Bean
  Invariant oneNoticePerEvent(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "one-notice-per-event",
        "A notice that an event caused is in exactly one inbox",
        "select count(*) from notice where cause is not null",
        """
        select 'notice ' || n.notice_id || ' is in ' || count(m.notice_id) || ' inboxes', 1::numeric
        from notice n left join message m using (notice_id)
        where n.cause is not null group by n.notice_id having count(m.notice_id) <> 1\
        """);
  }

  @Bean
  Invariant emailsAccompanyMessages(JdbcClient jdbc) {
    return new SqlInvariant(
        jdbc,
        "emails-accompany-messages",
        "Every e-mail has its message in the account's inbox",
        "select count(*) from email_delivery",
        """
        select 'e-mail ' || e.delivery_id || ' of notice ' || e.notice_id, 1::numeric
        from email_delivery e
        where not exists (select 1 from message m
                          where m.account_id = e.account_id and m.notice_id = e.notice_id)\
        """);
  }
}
