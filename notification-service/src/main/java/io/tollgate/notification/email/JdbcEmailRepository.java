package io.tollgate.notification.email;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.Language;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import io.tollgate.store.setaside.Selection;
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
  List<EmailDelivery> claim(String instance, Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            """
            WITH due AS (
              SELECT account_id, notice_id, address FROM email_delivery p
              WHERE state = 'PENDING' AND next_attempt_at <= :upTo AND %s
              ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            UPDATE email_delivery e
            SET state = 'CLAIMED', claimed_by = :instance, claimed_at = :upTo, attempts = e.attempts + 1
            FROM due d, notice n
            WHERE e.account_id = d.account_id AND e.notice_id = d.notice_id AND e.address = d.address
              AND n.notice_id = e.notice_id
            RETURNING e.account_id, e.notice_id, e.address, e.message_id, e.attempts, e.uncertain, e.language, n.kind,
                      n.title_en, n.body_en, n.title_zh, n.body_zh,
                      EXISTS (SELECT 1 FROM contact c
                              WHERE c.account_id = e.account_id AND c.marketing_consent) AS marketing_consent\
            """
                .formatted(selected(selection)))
        .param("instance", instance)
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query(JdbcEmailRepository::map)
        .list();
  }

  private static String selected(Selection selection) {
    return selection.where(EmailSweep.NAME, "p.account_id", "p.message_id");
  }

  boolean anyDue(Instant upTo) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM email_delivery p
                           WHERE (state = 'CLAIMED' OR state = 'PENDING' AND next_attempt_at <= :upTo) AND %s)\
            """
                .formatted(selected(Selection.REGULAR)))
        .param("upTo", Timestamp.from(upTo))
        .query(Boolean.class)
        .single();
  }

  /**
   * Settles a claimed e-mail.
   *
   * @return false when the claim was taken away meanwhile
   */
  boolean settle(EmailDelivery delivery, Settlement settlement) {
    return jdbc.sql(
                """
                UPDATE email_delivery
                SET state = :state, next_attempt_at = :next, sent_at = :sentAt, last_error = :error,
                    uncertain = uncertain OR :uncertain, claimed_by = NULL, claimed_at = NULL
                WHERE account_id = :account AND notice_id = :notice AND address = :address AND state = 'CLAIMED'\
                """)
            .param("state", settlement.state())
            .param("next", Timestamp.from(settlement.nextAttemptAt()))
            .param("sentAt", settlement.sentAt().map(Timestamp::from).orElse(null))
            .param("error", settlement.error().orElse(null))
            .param("uncertain", settlement.uncertain())
            .param("account", delivery.account().value())
            .param("notice", delivery.notice().value())
            .param("address", delivery.address())
            .update()
        == 1;
  }

  /**
   * What is kept of an attempt.
   *
   * @param state PENDING, SENT or FAILED
   * @param uncertain whether it is unknown if this attempt got through
   */
  record Settlement(
      String state,
      Instant nextAttemptAt,
      Optional<Instant> sentAt,
      Optional<String> error,
      boolean uncertain) {

    static Settlement sent(Instant at) {
      return new Settlement("SENT", at, Optional.of(at), Optional.empty(), false);
    }

    static Settlement failed(Instant at, String error, boolean uncertain) {
      return new Settlement("FAILED", at, Optional.empty(), Optional.of(error), uncertain);
    }

    static Settlement again(Instant nextAttemptAt, String error, boolean uncertain) {
      return new Settlement(
          "PENDING", nextAttemptAt, Optional.empty(), Optional.of(error), uncertain);
    }
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

  /** E-mails that fare in a way, in the order of their ids after one. */
  List<DeliveryView> deliveries(DeliveryOutcome outcome, String after, int limit) {
    return jdbc.sql(
            DeliveryView.SELECT
                + "WHERE "
                + condition(outcome)
                + " AND delivery_id > :after ORDER BY delivery_id LIMIT :limit")
        .param("after", after)
        .param("limit", limit)
        .query(DeliveryView::map)
        .list();
  }

  static String condition(DeliveryOutcome outcome) {
    return switch (outcome) {
      case PENDING -> "state IN ('PENDING', 'CLAIMED')";
      case SENT -> "state = 'SENT'";
      case FAILED -> "state = 'FAILED'";
      case UNCERTAIN -> "uncertain";
    };
  }

  /** One e-mail, locked. */
  Optional<DeliveryView> lock(String delivery) {
    return jdbc.sql(DeliveryView.SELECT + "WHERE delivery_id = :delivery FOR UPDATE")
        .param("delivery", delivery)
        .query(DeliveryView::map)
        .optional();
  }

  /** Tries a failed e-mail anew; false when it has not failed or its contact is gone. */
  boolean retry(String delivery, Instant at) {
    return jdbc.sql(
                """
                UPDATE email_delivery SET state = 'PENDING', attempts = 0, next_attempt_at = :at
                WHERE delivery_id = :delivery AND state = 'FAILED' AND address NOT LIKE 'forgotten-%'\
                """)
            .param("delivery", delivery)
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  private static EmailDelivery map(ResultSet row, int n) throws SQLException {
    Language language = Language.of(row.getString("language"));
    NoticeKind kind = NoticeKind.valueOf(row.getString("kind"));
    return new EmailDelivery(
        AccountId.of(row.getString("account_id")),
        NoticeId.of(row.getString("notice_id")),
        row.getString("address"),
        row.getString("message_id"),
        row.getInt("attempts"),
        row.getBoolean("uncertain"),
        kind,
        !kind.needsConsent() || row.getBoolean("marketing_consent"),
        new NoticeText(
            row.getString("title_" + language.tag()), row.getString("body_" + language.tag())));
  }
}
