package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.store.jdbc.Columns;
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
            insert into account (account_id) select unnest(:accounts::text[]) on conflict do nothing\
            """)
        .param("accounts", ids)
        .update();
    jdbc.sql(
            """
            select account_id from account where account_id = any(:accounts) order by account_id for no key update\
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
            with inserted as (
              insert into message (account_id, number, notice_id, delivered_at)
              select a.account_id, a.last_message + 1, :notice, :at
              from account a
              where a.account_id = any(:accounts)
                and not exists (select 1 from message m where m.account_id = a.account_id and m.notice_id = :notice)
              returning account_id, number),
            numbered as (
              update account a set last_message = i.number from inserted i where a.account_id = i.account_id),
            received as (
              update notice_recipient r
              set delivered_at = coalesce((select m.delivered_at from message m
                                           where m.account_id = r.account_id and m.notice_id = :notice), :at)
              where r.notice_id = :notice and r.account_id = any(:accounts) and r.delivered_at is null),
            mailed as (
              insert into email_delivery (account_id, notice_id, address, language, delivery_id, message_id, state,
                                          next_attempt_at)
              select c.account_id, :notice, e.address, c.language, d.id, '<' || d.id || '@' || :domain || '>', 'PENDING', :at
              from inserted i join contact c using (account_id)
              cross join lateral (select distinct unnest(c.emails) as address) e
              cross join lateral (select substr(encode(sha256(convert_to(
                :notice || '|' || c.account_id || '|' || e.address, 'UTF8')), 'hex'), 1, 40) as id) d)
            select account_id from inserted order by account_id\
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
    return jdbc.sql("select kind, rule, correlation from notice where notice_id = :notice")
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
            select r.notice_id, r.account_id, n.published_at from notice_recipient r join notice n using (notice_id)
            where r.delivered_at is null and n.state <> 'WITHDRAWN' and %s
            order by r.account_id, r.notice_id limit :limit\
            """
                .formatted(selected(selection)))
        .param("limit", limit)
        .query(
            (row, n) ->
                new Undelivered(
                    NoticeId.of(row.getString(1)),
                    AccountId.of(row.getString(2)),
                    Columns.instant(row, "published_at")))
        .list();
  }

  private static String selected(Selection selection) {
    return selection.where(DeliverySweep.NAME, "r.account_id", "r.notice_id");
  }

  /** A recipient who lacks a notice, and since when. */
  record Undelivered(NoticeId notice, AccountId account, Instant publishedAt) {}

  /** Messages of an account, newest first, below a number. */
  List<Message> messages(AccountId account, long below, int limit, boolean unreadOnly) {
    return jdbc.sql(
            SELECT
                + """
                where m.account_id = :account and m.number < :below and (not :unreadOnly or m.read_at is null)
                order by m.number desc limit :limit\
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
                + "where m.account_id = :account and m.number > :number order by m.number limit"
                + " :limit")
        .param("account", account.value())
        .param("number", number)
        .param("limit", limit)
        .query(Message::map)
        .list();
  }

  Optional<Message> message(AccountId account, long number) {
    return jdbc.sql(SELECT + "where m.account_id = :account and m.number = :number")
        .param("account", account.value())
        .param("number", number)
        .query(Message::map)
        .optional();
  }

  private static final String SELECT =
      """
      select m.number, m.notice_id, m.delivered_at, m.read_at, m.answer, n.state, n.kind, n.rule, n.subject, n.lead_days,
             coalesce(n.effect_at, n.asked_effect_at) as effect_at, n.answer_by, n.title_en, n.body_en, n.title_zh, n.body_zh
      from message m join notice n using (notice_id)
      """;

  long unread(AccountId account) {
    return jdbc.sql("select count(*) from message where account_id = :account and read_at is null")
        .param("account", account.value())
        .query(Long.class)
        .single();
  }

  long lastNumber(AccountId account) {
    return jdbc.sql(
            "select coalesce(max(last_message), 0) from account where account_id = :account")
        .param("account", account.value())
        .query(Long.class)
        .single();
  }

  /** Marks as read, once: the first reading is the proof. */
  void markRead(AccountId account, long number, Instant at) {
    jdbc.sql(
            """
            update message set read_at = :at where account_id = :account and number = :number and read_at is null\
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
                update message set answer = :answer, answered_at = :at, read_at = coalesce(read_at, :at)
                where account_id = :account and number = :number and (answer is null or answer = :answer)\
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
    return jdbc.sql("select language from contact where account_id = :account")
        .param("account", account.value())
        .query(String.class)
        .optional();
  }

  private static String[] array(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).sorted().toArray(String[]::new);
  }
}
