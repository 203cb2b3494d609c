package io.tollgate.notification.notice;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Notices and their recipients in PostgreSQL. */
@Repository
public class JdbcNoticeRepository {

  private static final String COLUMNS =
      """
      notice_id, kind, rule, gate_kind, subject, lead_days, asked_effect_at, opens_at, effect_at, answer_by, announced,
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
                INSERT INTO notice (notice_id, cause, kind, gate_kind, rule, subject, lead_days, asked_effect_at, answer_by,
                                    correlation, announced, reaches_new, product_id, title_en, body_en, title_zh, body_zh, state,
                                    published_at, published_by)
                VALUES (:id, :cause, :kind, :gate, :rule, :subject, :leadDays, :effectAt, :answerBy, :correlation,
                        :announced, :reachesNew, :product, :titleEn, :bodyEn, :titleZh, :bodyZh, 'PUBLISHED', :at, :by)
                ON CONFLICT (cause) DO NOTHING\
                """)
            .param("id", notice.id().value())
            .param("cause", notice.cause().orElse(null))
            .param("kind", draft.kind().name())
            .param("gate", draft.kind().gate().map(Enum::name).orElse(null))
            .param("rule", notice.rule().value())
            .param("subject", draft.subject().orElse(null))
            .param("leadDays", notice.leadDays())
            .param("effectAt", draft.effectAt().map(Timestamp::from).orElse(null))
            .param("answerBy", draft.answerBy().map(Timestamp::from).orElse(null))
            .param("correlation", notice.correlation().orElse(null))
            .param("announced", draft.announced())
            .param("reachesNew", draft.audience() instanceof Audience.All)
            .param(
                "product",
                draft.audience() instanceof Audience.UsersOf users ? users.product().value() : null)
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
   * Lets no account open and no instance begin until this transaction ends: an account is either
   * among the recipients or sees the notice at its opening.
   */
  void holdOpenings() {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('notification.openings', 0))")
        .query((row, n) -> n)
        .list();
  }

  /**
   * Lets nothing be published until this transaction, which opens accounts or registers instances,
   * ends.
   */
  public void holdPublications() {
    jdbc.sql("SELECT pg_advisory_xact_lock_shared(hashtextextended('notification.openings', 0))")
        .query((row, n) -> n)
        .list();
  }

  /** Fixes the recipients; returns how many there are. */
  int fixRecipients(NoticeId notice, Audience audience) {
    return switch (audience) {
      case Audience.All all ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT :notice, account_id FROM account WHERE opened_at IS NOT NULL\
                  """)
              .param("notice", notice.value())
              .update();
      case Audience.UsersOf users ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT DISTINCT :notice, account_id FROM account_instance
                  WHERE product_id = :product AND released_at IS NULL\
                  """)
              .param("notice", notice.value())
              .param("product", users.product().value())
              .update();
      case Audience.Accounts accounts ->
          jdbc.sql(
                  """
                  INSERT INTO notice_recipient (notice_id, account_id)
                  SELECT :notice, account_id FROM account WHERE account_id = ANY(:accounts) AND opened_at IS NOT NULL\
                  """)
              .param("notice", notice.value())
              .param(
                  "accounts",
                  accounts.accounts().stream().map(AccountId::value).toArray(String[]::new))
              .update();
    };
  }

  /** One notice. */
  Optional<Notice> find(NoticeId id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM notice WHERE notice_id = :id")
        .param("id", id.value())
        .query(JdbcNoticeRepository::map)
        .optional();
  }

  /** Published notices (not those of single events), newest first, before a position. */
  List<Notice> published(Optional<Position> before, int limit) {
    return page("cause IS NULL", before, limit);
  }

  /** Public announcements, newest first, before a position. */
  List<Notice> announced(Optional<Position> before, int limit) {
    return page("announced AND state <> 'WITHDRAWN'", before, limit);
  }

  private List<Notice> page(String condition, Optional<Position> before, int limit) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM notice WHERE "
                + condition
                + " AND (published_at, notice_id) < (:at, :id)"
                + " ORDER BY published_at DESC, notice_id DESC LIMIT :limit")
        .param("at", before.map(Position::publishedAt).map(Timestamp::from).orElse(END_OF_TIME))
        .param("id", before.map(position -> position.notice().value()).orElse(""))
        .param("limit", limit)
        .query(JdbcNoticeRepository::map)
        .list();
  }

  /** Where a page of notices ended. */
  record Position(Instant publishedAt, NoticeId notice) {}

  private static final Timestamp END_OF_TIME =
      Timestamp.from(Instant.parse("9999-01-01T00:00:00Z"));

  /** Takes a notice back; false when it matured or was taken back before. */
  boolean withdraw(NoticeId notice, Instant at) {
    return jdbc.sql(
                """
                UPDATE notice SET state = 'WITHDRAWN', withdrawn_at = :at
                WHERE notice_id = :id AND state = 'PUBLISHED' AND cause IS NULL\
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
    return ahead("product_id = :product", at, product.value());
  }

  private List<NoticeId> ahead(String condition, Instant at, String product) {
    return jdbc.sql(
            """
            SELECT notice_id FROM notice
            WHERE gate_kind IS NOT NULL AND %s
              AND (state = 'PUBLISHED' OR state = 'MATURED' AND effect_at > :at)
            ORDER BY published_at, notice_id\
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
            SELECT (SELECT count(*) FROM notice_recipient WHERE notice_id = :id),
                   (SELECT count(*) FROM message WHERE notice_id = :id),
                   (SELECT count(*) FROM message WHERE notice_id = :id AND read_at IS NOT NULL)\
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
        text(row, "subject"),
        row.getInt("lead_days"),
        instant(row, "asked_effect_at"),
        instant(row, "opens_at"),
        instant(row, "effect_at"),
        instant(row, "answer_by"),
        row.getBoolean("announced"),
        Notice.State.valueOf(row.getString("state")),
        row.getTimestamp("published_at").toInstant(),
        row.getString("published_by"),
        new Texts(
            new NoticeText(row.getString("title_en"), row.getString("body_en")),
            new NoticeText(row.getString("title_zh"), row.getString("body_zh"))));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable Timestamp value = row.getTimestamp(column);
    return Optional.ofNullable(value).map(Timestamp::toInstant);
  }
}
