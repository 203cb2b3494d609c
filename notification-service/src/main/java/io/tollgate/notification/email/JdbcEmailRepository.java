package io.tollgate.notification.email;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.Language;
import io.tollgate.notification.notice.NoticeText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * E-mail deliveries in PostgreSQL: claimed in one transaction, sent outside of any, settled in
 * another.
 */
@Repository
class JdbcEmailRepository {

  private final JdbcClient jdbc;

  JdbcEmailRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Claims e-mails that are due, so that nobody else sends them. */
  List<EmailDelivery> claim(String instance, Instant upTo, int limit) {
    return jdbc.sql(
            """
            WITH due AS (
              SELECT account_id, notice_id, address FROM email_delivery
              WHERE state = 'PENDING' AND next_attempt_at <= :upTo
              ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            UPDATE email_delivery e
            SET state = 'CLAIMED', claimed_by = :instance, claimed_at = :upTo, attempts = e.attempts + 1
            FROM due d, notice n
            WHERE e.account_id = d.account_id AND e.notice_id = d.notice_id AND e.address = d.address
              AND n.notice_id = e.notice_id
            RETURNING e.account_id, e.notice_id, e.address, e.message_id, e.attempts, e.uncertain, e.language,
                      n.title_en, n.body_en, n.title_zh, n.body_zh\
            """)
        .param("instance", instance)
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query(JdbcEmailRepository::map)
        .list();
  }

  boolean anyDue(Instant upTo) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM email_delivery WHERE state = 'PENDING' AND next_attempt_at <= :upTo)
                OR EXISTS (SELECT 1 FROM email_delivery WHERE state = 'CLAIMED')\
            """)
        .param("upTo", Timestamp.from(upTo))
        .query(Boolean.class)
        .single();
  }

  void sent(EmailDelivery delivery, Instant at) {
    settle(delivery, "SENT", at, Optional.of(at), Optional.empty());
  }

  void failed(EmailDelivery delivery, Instant at, String reason) {
    settle(delivery, "FAILED", at, Optional.empty(), Optional.of(reason));
  }

  void retryAt(EmailDelivery delivery, Instant nextAttemptAt, String reason) {
    settle(delivery, "PENDING", nextAttemptAt, Optional.empty(), Optional.of(reason));
  }

  private void settle(
      EmailDelivery delivery,
      String state,
      Instant nextAttemptAt,
      Optional<Instant> sentAt,
      Optional<String> error) {
    jdbc.sql(
            """
            UPDATE email_delivery
            SET state = :state, next_attempt_at = :next, sent_at = :sentAt, last_error = :error,
                claimed_by = NULL, claimed_at = NULL
            WHERE account_id = :account AND notice_id = :notice AND address = :address AND state = 'CLAIMED'\
            """)
        .param("state", state)
        .param("next", Timestamp.from(nextAttemptAt))
        .param("sentAt", sentAt.map(Timestamp::from).orElse(null))
        .param("error", error.orElse(null))
        .param("account", delivery.account().value())
        .param("notice", delivery.notice().value())
        .param("address", delivery.address())
        .update();
  }

  /**
   * Frees what an instance had claimed when it died: whether those reached the mail server is
   * unknown, so they are sent again with the same Message-ID and marked uncertain (section 14).
   */
  int releaseClaims(String instance) {
    return jdbc.sql(
            """
            UPDATE email_delivery SET state = 'PENDING', uncertain = true, claimed_by = NULL, claimed_at = NULL
            WHERE state = 'CLAIMED' AND claimed_by = :instance\
            """)
        .param("instance", instance)
        .update();
  }

  /** Frees claims of instances that have not settled them for long. */
  int releaseClaimsBefore(Instant claimedBefore) {
    return jdbc.sql(
            """
            UPDATE email_delivery SET state = 'PENDING', uncertain = true, claimed_by = NULL, claimed_at = NULL
            WHERE state = 'CLAIMED' AND claimed_at < :before\
            """)
        .param("before", Timestamp.from(claimedBefore))
        .update();
  }

  /** Failed e-mails, in key order after a position. */
  List<DeliveryView> failed(Optional<DeliveryView.Key> after, int limit) {
    return jdbc.sql(
            DeliveryView.SELECT
                + """
                WHERE state = 'FAILED' AND (account_id, notice_id, address) > (:account, :notice, :address)
                ORDER BY account_id, notice_id, address LIMIT :limit\
                """)
        .param("account", after.map(DeliveryView.Key::account).orElse(""))
        .param("notice", after.map(DeliveryView.Key::notice).orElse(""))
        .param("address", after.map(DeliveryView.Key::address).orElse(""))
        .param("limit", limit)
        .query(DeliveryView::map)
        .list();
  }

  /** All e-mails of one notice to one account. */
  List<DeliveryView> of(NoticeId notice, AccountId account) {
    return jdbc.sql(
            DeliveryView.SELECT
                + "WHERE notice_id = :notice AND account_id = :account ORDER BY address")
        .param("notice", notice.value())
        .param("account", account.value())
        .query(DeliveryView::map)
        .list();
  }

  /** Tries failed e-mails of a notice to an account once more. */
  int retry(NoticeId notice, AccountId account, Instant at) {
    return jdbc.sql(
            """
            UPDATE email_delivery SET state = 'PENDING', attempts = 0, next_attempt_at = :at
            WHERE notice_id = :notice AND account_id = :account AND state = 'FAILED'\
            """)
        .param("notice", notice.value())
        .param("account", account.value())
        .param("at", Timestamp.from(at))
        .update();
  }

  private static EmailDelivery map(ResultSet row, int n) throws SQLException {
    Language language = Language.of(row.getString("language"));
    return new EmailDelivery(
        AccountId.of(row.getString("account_id")),
        NoticeId.of(row.getString("notice_id")),
        row.getString("address"),
        row.getString("message_id"),
        row.getInt("attempts"),
        row.getBoolean("uncertain"),
        new NoticeText(
            row.getString("title_" + language.tag()), row.getString("body_" + language.tag())));
  }
}
