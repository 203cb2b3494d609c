package io.tollgate.notification.email;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.notification.notice.Language;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeText;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.setaside.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
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

  /**
   * Claims e-mails that are due, so that nobody else sends them until the claim is abandoned.
   *
   * <p>The database's clock says how old a claim is: instances die in real time, and a driven clock
   * stands still until all that is due is sent.
   */
  List<EmailDelivery> claim(String instance, Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            """
            with due as (
              select account_id, notice_id, address from email_delivery p
              where state = 'PENDING' and next_attempt_at <= :upTo and %s
              order by next_attempt_at limit :limit for update skip locked)
            update email_delivery e
            set state = 'CLAIMED', claimed_by = :instance, claimed_at = now(), attempts = e.attempts + 1
            from due d, notice n
            where e.account_id = d.account_id and e.notice_id = d.notice_id and e.address = d.address
              and n.notice_id = e.notice_id
            returning e.account_id, e.notice_id, e.address, e.message_id, e.attempts, e.uncertain, e.language, n.kind, n.traceparent,
                      n.title_en, n.body_en, n.title_zh, n.body_zh,
                      coalesce((select m.delivered_at from message m
                                where m.account_id = e.account_id and m.notice_id = e.notice_id),
                               :upTo) as in_inbox_at,
                      exists (select 1 from contact c
                              where c.account_id = e.account_id and c.marketing_consent) as marketing_consent\
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
            select exists (select 1 from email_delivery p
                           where (state = 'CLAIMED' or state = 'PENDING' and next_attempt_at <= :upTo) and %s)\
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
                update email_delivery
                set state = :state, next_attempt_at = :next, sent_at = :sentAt, last_error = :error,
                    uncertain = uncertain or :uncertain, claimed_by = null, claimed_at = null
                where account_id = :account and notice_id = :notice and address = :address and state = 'CLAIMED'\
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
   * @param state PENDING, SENT, FAILED or SUPPRESSED
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

    static Settlement suppressed(Instant at, String reason) {
      return new Settlement("SUPPRESSED", at, Optional.empty(), Optional.of(reason), false);
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
            update email_delivery set state = 'PENDING', uncertain = true, claimed_by = null, claimed_at = null
            where state = 'CLAIMED' and claimed_by = :instance\
            """)
        .param("instance", instance)
        .update();
  }

  /** Makes an instance's claims as young as if it had just made them. */
  void renewClaims(String instance) {
    jdbc.sql(
            "update email_delivery set claimed_at = now() where state = 'CLAIMED' and claimed_by ="
                + " :instance")
        .param("instance", instance)
        .update();
  }

  /** Frees claims that nobody has settled or renewed for so long. */
  int releaseClaimsOlderThan(Duration age) {
    return jdbc.sql(
            """
            update email_delivery set state = 'PENDING', uncertain = true, claimed_by = null, claimed_at = null
            where state = 'CLAIMED' and claimed_at < now() - make_interval(secs => :seconds)\
            """)
        .param("seconds", age.toSeconds())
        .update();
  }

  /** E-mails that fare in a way, in the order of their ids after one. */
  List<DeliveryView> deliveries(DeliveryOutcome outcome, String after, int limit) {
    return jdbc.sql(
            DeliveryView.SELECT
                + "where "
                + condition(outcome)
                + " and delivery_id > :after order by delivery_id limit :limit")
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
      case SUPPRESSED -> "state = 'SUPPRESSED'";
      case UNCERTAIN -> "uncertain";
    };
  }

  /** One e-mail, locked. */
  Optional<DeliveryView> lock(String delivery) {
    return jdbc.sql(DeliveryView.SELECT + "where delivery_id = :delivery for update")
        .param("delivery", delivery)
        .query(DeliveryView::map)
        .optional();
  }

  /** Tries a failed e-mail anew; false when it has not failed. */
  boolean retry(String delivery, Instant at) {
    return jdbc.sql(
                """
                update email_delivery set state = 'PENDING', attempts = 0, next_attempt_at = :at
                where delivery_id = :delivery and state = 'FAILED'\
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
        Optional.ofNullable(row.getString("traceparent")),
        Columns.instant(row, "in_inbox_at"),
        kind,
        !kind.needsConsent() || row.getBoolean("marketing_consent"),
        new NoticeText(
            row.getString("title_" + language.tag()), row.getString("body_" + language.tag())));
  }
}
