package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Notices and their recipients in PostgreSQL. */
@Repository
public class JdbcNoticeRepository {

  private static final String COLUMNS =
      """
      notice_id, kind, rule, gate_kind, action, subject, lead_days, asked_effect_at, opens_at, effect_at, answer_by,
      exists (select 1 from announcement a where a.notice_id = notice.notice_id) as announced,
      state, published_at, published_by, title_en, body_en, title_zh, body_zh
      """;

  private final JdbcClient jdbc;

  JdbcNoticeRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a notice; false when its cause has made one before. */
  public boolean insert(NewNotice notice) {
    NoticeDraft draft = notice.draft();
    return jdbc.sql(
                """
                insert into notice (notice_id, cause, kind, gate_kind, rule, action, subject, lead_days, asked_effect_at,
                                    answer_by, correlation, traceparent, reaches_new, product_ids, title_en, body_en, title_zh, body_zh, state,
                                    published_at, published_by)
                values (:id, :cause, :kind, :gate, :rule, :action::jsonb, :subject, :leadDays, :effectAt, :answerBy,
                        :correlation, :traceparent, :reachesNew, :products, :titleEn, :bodyEn, :titleZh, :bodyZh, 'PUBLISHED', :at, :by)
                on conflict (cause) do nothing\
                """)
            .param("id", notice.id().value())
            .param("cause", notice.cause().orElse(null))
            .param("kind", draft.kind().name())
            .param("gate", draft.kind().gate().map(Enum::name).orElse(null))
            .param("rule", notice.rule().value())
            .param(
                "action", draft.action().map(WireMapper.mapper()::writeValueAsString).orElse(null))
            .param("subject", draft.subject().orElse(null))
            .param("leadDays", notice.leadDays())
            .param("effectAt", draft.effectAt().map(Timestamp::from).orElse(null))
            .param("answerBy", draft.answerBy().map(Timestamp::from).orElse(null))
            .param("correlation", notice.correlation().orElse(null))
            .param("traceparent", notice.traceparent().orElse(null))
            .param(
                "reachesNew",
                draft.audience().parts().anyMatch(part -> part instanceof Audience.All))
            .param("products", products(draft.audience()))
            .param("titleEn", draft.texts().en().title())
            .param("bodyEn", draft.texts().en().body())
            .param("titleZh", draft.texts().zh().title())
            .param("bodyZh", draft.texts().zh().body())
            .param("at", Timestamp.from(notice.publishedAt()))
            .param("by", notice.publishedBy())
            .update()
        == 1;
  }

  /**
   * Lets nothing be published until this transaction, which opens accounts or registers instances,
   * ends.
   */
  public void holdPublications() {
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended('notification.openings', 0))")
        .query((row, n) -> n)
        .list();
  }

  private static String[] products(Audience audience) {
    return audience
        .parts()
        .flatMap(
            part ->
                switch (part) {
                  case Audience.UsersOf users -> Stream.of(users.product().value());
                  case Audience.EverUsersOf bound -> Stream.of(bound.product().value());
                  case Audience.All all -> Stream.<String>empty();
                  case Audience.Accounts accounts -> Stream.<String>empty();
                  case Audience.OwnersOf owners -> Stream.<String>empty();
                  case Audience.Several several -> Stream.<String>empty();
                })
        .distinct()
        .toArray(String[]::new);
  }

  /** Publishes it for everybody to read. */
  void announce(NewNotice notice) {
    jdbc.sql(
            "insert into announcement (notice_id, published_at, published_by) values (:id, :at,"
                + " :by)")
        .param("id", notice.id().value())
        .param("at", Timestamp.from(notice.publishedAt()))
        .param("by", notice.publishedBy())
        .update();
  }

  /** One notice. */
  Optional<Notice> find(NoticeId id) {
    return jdbc.sql("select " + COLUMNS + " from notice where notice_id = :id")
        .param("id", id.value())
        .query(JdbcNoticeRepository::map)
        .optional();
  }

  /** Published notices (not those of single events), newest first, before a cursor. */
  List<Notice> published(Paging.Before before, int limit) {
    return page("cause is null", before, limit);
  }

  /** Public announcements that still stand, newest first, before a cursor. */
  List<Notice> announced(Paging.Before before, int limit) {
    return page(
        "state <> 'WITHDRAWN' and notice_id in (select notice_id from announcement)",
        before,
        limit);
  }

  private List<Notice> page(String condition, Paging.Before before, int limit) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from notice where "
                + condition
                + " and (published_at, notice_id) < (:at, :id)"
                + " order by published_at desc, notice_id desc limit :limit")
        .param("at", Timestamp.from(before.time()))
        .param("id", before.id())
        .param("limit", limit)
        .query(JdbcNoticeRepository::map)
        .list();
  }

  /** Takes a notice back; false when it matured or was taken back before. */
  boolean withdraw(NoticeId notice, Instant at) {
    return jdbc.sql(
                """
                update notice set state = 'WITHDRAWN', withdrawn_at = :at
                where notice_id = :id and state = 'PUBLISHED' and cause is null\
                """)
            .param("id", notice.value())
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  /** Notices to every account whose effect lies ahead: seen by an account at its opening. */
  public List<NoticeId> forNewAccounts(Instant at) {
    return ahead("reaches_new", at, "");
  }

  /** Notices to a product's users whose effect lies ahead: seen by whoever begins to use it. */
  public List<NoticeId> forNewUsers(ProductId product, Instant at) {
    return ahead(":product = ANY(product_ids)", at, product.value());
  }

  private List<NoticeId> ahead(String condition, Instant at, String product) {
    return jdbc.sql(
            """
            select notice_id from notice
            where gate_kind is not null and %s
              and (state = 'PUBLISHED' or state = 'MATURED' and effect_at > :at)
            order by published_at, notice_id\
            """
                .formatted(condition))
        .param("at", Timestamp.from(at))
        .param("product", product)
        .query((row, n) -> NoticeId.of(row.getString(1)))
        .list();
  }

  /** How far a notice's delivery is. */
  Progress progress(NoticeId notice) {
    return jdbc.sql(
            """
            select (select count(*) from notice_recipient where notice_id = :id),
                   (select count(*) from message where notice_id = :id),
                   (select count(*) from message where notice_id = :id and read_at is not null)\
            """)
        .param("id", notice.value())
        .query((row, n) -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3)))
        .single();
  }

  /**
   * How far a notice's delivery is.
   *
   * @param recipients accounts fixed at publication
   * @param delivered accounts that have it, those opened later included
   * @param read accounts that have read it
   */
  record Progress(long recipients, long delivered, long read) {}

  private static Notice map(ResultSet row, int n) throws SQLException {
    return new Notice(
        NoticeId.of(row.getString("notice_id")),
        NoticeKind.valueOf(row.getString("kind")),
        RuleId.of(row.getString("rule")),
        text(row, "gate_kind").map(GateKind::valueOf),
        text(row, "action").map(json -> WireMapper.mapper().readValue(json, GateAction.class)),
        text(row, "subject"),
        row.getInt("lead_days"),
        Columns.optionalInstant(row, "asked_effect_at"),
        Columns.optionalInstant(row, "opens_at"),
        Columns.optionalInstant(row, "effect_at"),
        Columns.optionalInstant(row, "answer_by"),
        row.getBoolean("announced"),
        Notice.State.valueOf(row.getString("state")),
        Columns.instant(row, "published_at"),
        row.getString("published_by"),
        new Texts(
            new NoticeText(row.getString("title_en"), row.getString("body_en")),
            new NoticeText(row.getString("title_zh"), row.getString("body_zh"))));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
