package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps marketing away from accounts that have not consented to it (C4.2.2).
 *
 * <p>Consent counts when a message is delivered, not when it was published: the recipients of a
 * marketing notice lose their place in it with their consent, until they have it in their inbox.
 */
@Repository
public class MarketingConsents {

  private final JdbcClient jdbc;

  MarketingConsents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Removes the accounts without consent from the recipients of marketing that was not delivered
   * yet.
   *
   * @param of a single notice; empty means all
   * @return how many were removed
   */
  public int dropRecipientsWithout(Optional<NoticeId> of) {
    return jdbc.sql(
            """
            delete from notice_recipient r using notice n
            where r.delivered_at is null and n.notice_id = r.notice_id and n.kind = 'MARKETING'
              and (:notice::text is null or n.notice_id = :notice)
              and not exists (select 1 from contact c where c.account_id = r.account_id and c.marketing_consent)\
            """)
        .param("notice", of.map(NoticeId::value).orElse(null))
        .update();
  }
}
