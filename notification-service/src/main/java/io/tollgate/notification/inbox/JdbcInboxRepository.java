package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.store.setaside.Selection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The inbox in PostgreSQL. A message row is the delivery: its key makes it happen once. */
@Repository
class JdbcInboxRepository {

  private final JdbcClient jdbc;

  JdbcInboxRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes sure the account rows exist, then locks them in key order. */
  void lock(Collection<AccountId> accounts) {
    String[] ids = array(accounts);
    jdbc.sql(
            """
            INSERT INTO account (account_id) SELECT unnest(:accounts::text[]) ON CONFLICT DO NOTHING\
            """)
        .param("accounts", ids)
        .update();
    jdbc.sql(
            """
            SELECT account_id FROM account WHERE account_id = ANY(:accounts) ORDER BY account_id FOR NO KEY UPDATE\
            """)
        .param("accounts", ids)
        .query(String.class)
        .list();
  }

  /**
   * Puts a notice into the inboxes of locked accounts and queues the e-mails to their contacts, in
   * one statement.
   *
   * @return the accounts that did not have it before
   */
  List<AccountId> deliver(
      NoticeId notice, Collection<AccountId> accounts, Instant at, String mailDomain) {
    return jdbc.sql(
            """
            WITH inserted AS (
              INSERT INTO message (account_id, number, notice_id, delivered_at)
              SELECT a.account_id, a.last_message + 1, :notice, :at
              FROM account a
              WHERE a.account_id = ANY(:accounts)
                AND NOT EXISTS (SELECT 1 FROM message m WHERE m.account_id = a.account_id AND m.notice_id = :notice)
              RETURNING account_id, number),
            numbered AS (
              UPDATE account a SET last_message = i.number FROM inserted i WHERE a.account_id = i.account_id),
            received AS (
              UPDATE notice_recipient r
              SET delivered_at = coalesce((SELECT m.delivered_at FROM message m
                                           WHERE m.account_id = r.account_id AND m.notice_id = :notice), :at)
              WHERE r.notice_id = :notice AND r.account_id = ANY(:accounts) AND r.delivered_at IS NULL),
            mailed AS (
              INSERT INTO email_delivery (account_id, notice_id, address, language, delivery_id, message_id, state,
                                          next_attempt_at)
              SELECT c.account_id, :notice, e.address, c.language, d.id, '<' || d.id || '@' || :domain || '>', 'PENDING', :at
              FROM inserted i JOIN contact c USING (account_id)
              CROSS JOIN LATERAL (SELECT DISTINCT unnest(c.emails) AS address) e
              CROSS JOIN LATERAL (SELECT substr(encode(sha256(convert_to(
                :notice || '|' || c.account_id || '|' || e.address, 'UTF8')), 'hex'), 1, 40) AS id) d)
            SELECT account_id FROM inserted ORDER BY account_id\
            """)
        .param("notice", notice.value())
        .param("accounts", array(accounts))
        .param("at", Timestamp.from(at))
        .param("domain", mailDomain)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  /** What a delivery has to know of its notice. */
  About about(NoticeId notice) {
    return jdbc.sql("SELECT kind, rule, correlation FROM notice WHERE notice_id = :notice")
        .param("notice", notice.value())
        .query(
            (row, n) ->
                new About(
                    NoticeKind.valueOf(row.getString(1)),
                    RuleId.of(row.getString(2)),
                    Optional.ofNullable(row.getString(3))))
        .single();
  }

  /**
   * What a delivery has to know of its notice.
   *
   * @param correlation what its asker wants to hear back
   */
  record About(NoticeKind kind, RuleId rule, Optional<String> correlation) {}

  /** Recipients that lack a notice which still stands, in account order. */
  List<Undelivered> undelivered(int limit, Selection selection) {
    return jdbc.sql(
            """
            SELECT r.notice_id, r.account_id FROM notice_recipient r JOIN notice n USING (notice_id)
            WHERE r.delivered_at IS NULL AND n.state <> 'WITHDRAWN' AND %s
            ORDER BY r.account_id, r.notice_id LIMIT :limit\
            """
                .formatted(selected(selection)))
        .param("limit", limit)
        .query(
            (row, n) ->
                new Undelivered(NoticeId.of(row.getString(1)), AccountId.of(row.getString(2))))
        .list();
  }

  private static String selected(Selection selection) {
    return selection.where(DeliverySweep.NAME, "r.account_id", "r.notice_id");
  }

  record Undelivered(NoticeId notice, AccountId account) {}

  /** Messages of an account, newest first, below a number. */
  List<Message> messages(AccountId account, long below, int limit, boolean unreadOnly) {
    return jdbc.sql(
            SELECT
                + """
                WHERE m.account_id = :account AND m.number < :below AND (NOT :unreadOnly OR m.read_at IS NULL)
                ORDER BY m.number DESC LIMIT :limit\
                """)
        .param("account", account.value())
        .param("below", below)
        .param("unreadOnly", unreadOnly)
        .param("limit", limit)
        .query(Message::map)
        .list();
  }

  /** Messages of an account after a number, in order: what a live stream still has to show. */
  List<Message> messagesAfter(AccountId account, long number, int limit) {
    return jdbc.sql(
            SELECT
                + "WHERE m.account_id = :account AND m.number > :number ORDER BY m.number LIMIT"
                + " :limit")
        .param("account", account.value())
        .param("number", number)
        .param("limit", limit)
        .query(Message::map)
        .list();
  }

  Optional<Message> message(AccountId account, long number) {
    return jdbc.sql(SELECT + "WHERE m.account_id = :account AND m.number = :number")
        .param("account", account.value())
        .param("number", number)
        .query(Message::map)
        .optional();
  }

  private static final String SELECT =
      """
      SELECT m.number, m.notice_id, m.delivered_at, m.read_at, m.answer, n.state, n.kind, n.rule, n.subject, n.lead_days,
             coalesce(n.effect_at, n.asked_effect_at) AS effect_at, n.answer_by, n.title_en, n.body_en, n.title_zh, n.body_zh
      FROM message m JOIN notice n USING (notice_id)
      """;

  long unread(AccountId account) {
    return jdbc.sql("SELECT count(*) FROM message WHERE account_id = :account AND read_at IS NULL")
        .param("account", account.value())
        .query(Long.class)
        .single();
  }

  long lastNumber(AccountId account) {
    return jdbc.sql(
            "SELECT coalesce(max(last_message), 0) FROM account WHERE account_id = :account")
        .param("account", account.value())
        .query(Long.class)
        .single();
  }

  /** Marks as read, once: the first reading is the proof. */
  void markRead(AccountId account, long number, Instant at) {
    jdbc.sql(
            """
            UPDATE message SET read_at = :at WHERE account_id = :account AND number = :number AND read_at IS NULL\
            """)
        .param("account", account.value())
        .param("number", number)
        .param("at", Timestamp.from(at))
        .update();
  }

  /** Keeps the first answer to a notice. */
  boolean answer(AccountId account, long number, Answer answer, Instant at) {
    return jdbc.sql(
                """
                UPDATE message SET answer = :answer, answered_at = :at, read_at = coalesce(read_at, :at)
                WHERE account_id = :account AND number = :number AND (answer IS NULL OR answer = :answer)\
                """)
            .param("account", account.value())
            .param("number", number)
            .param("answer", answer.name())
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  /** The language of the account's contact. */
  Optional<String> language(AccountId account) {
    return jdbc.sql("SELECT language FROM contact WHERE account_id = :account")
        .param("account", account.value())
        .query(String.class)
        .optional();
  }

  private static String[] array(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).sorted().toArray(String[]::new);
  }
}
