package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.setaside.Selection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The gates of notices in PostgreSQL: which opens when, and which is open. */
@Repository
class JdbcGateRepository {

  /** Gates that wait for a public announcement as well. */
  private static final String[] ANNOUNCED =
      Arrays.stream(NoticeKind.values())
          .filter(NoticeKind::isAnnouncedPublicly)
          .map(Enum::name)
          .toArray(String[]::new);

  private final JdbcClient jdbc;

  JdbcGateRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Gates whose notice everybody concerned has, with the public announcement where there must be
   * one, and whose opening is not known yet.
   */
  List<Reached> lockReached(List<NoticeId> notices) {
    return jdbc.sql(
            """
            SELECT n.notice_id, n.lead_days,
                   greatest(n.published_at, a.published_at,
                            (SELECT max(r.delivered_at) FROM notice_recipient r WHERE r.notice_id = n.notice_id))
            FROM notice n LEFT JOIN announcement a USING (notice_id)
            WHERE n.gate_kind IS NOT NULL AND n.state = 'PUBLISHED' AND n.opens_at IS NULL
              AND (a.notice_id IS NOT NULL OR NOT n.gate_kind = ANY(:announced))
              AND NOT EXISTS (SELECT 1 FROM notice_recipient r
                              WHERE r.notice_id = n.notice_id AND r.delivered_at IS NULL)
              AND n.notice_id = ANY(:notices)
            ORDER BY n.notice_id FOR UPDATE OF n SKIP LOCKED\
            """)
        .param("announced", ANNOUNCED)
        .param("notices", ids(notices))
        .query(
            (row, n) ->
                new Reached(
                    NoticeId.of(row.getString(1)), row.getInt(2), row.getTimestamp(3).toInstant()))
        .list();
  }

  /** A gated notice that everybody concerned has since {@code lastDelivery}. */
  record Reached(NoticeId notice, int leadDays, Instant lastDelivery) {}

  /** Keeps when a gate opens. */
  void opensAt(NoticeId notice, Instant opensAt) {
    Rows.expectOne(
        jdbc.sql("UPDATE notice SET opens_at = :opensAt WHERE notice_id = :id")
            .param("id", notice.value())
            .param("opensAt", Timestamp.from(opensAt))
            .update(),
        "notice");
  }

  /** Gates that open by an instant, the earliest first; locked for this transaction. */
  List<DueGate> lockDue(List<NoticeId> notices, Instant upTo) {
    return jdbc.sql(
            """
            SELECT notice_id, action, asked_effect_at, opens_at, rule FROM notice
            WHERE gate_kind IS NOT NULL AND state = 'PUBLISHED' AND opens_at <= :upTo
              AND notice_id = ANY(:notices)
              AND (NOT gate_kind = ANY(:announced)
                   OR EXISTS (SELECT 1 FROM announcement a WHERE a.notice_id = notice.notice_id))
            ORDER BY opens_at, notice_id FOR UPDATE SKIP LOCKED\
            """)
        .param("upTo", Timestamp.from(upTo))
        .param("notices", ids(notices))
        .param("announced", ANNOUNCED)
        .query(
            (row, n) ->
                new DueGate(
                    NoticeId.of(row.getString(1)),
                    WireMapper.mapper().readValue(row.getString(2), GateAction.class),
                    row.getTimestamp(3).toInstant(),
                    row.getTimestamp(4).toInstant(),
                    RuleId.of(row.getString(5))))
        .list();
  }

  /** A gated notice whose days have run. */
  record DueGate(
      NoticeId notice, GateAction action, Instant askedEffectAt, Instant opensAt, RuleId rule) {}

  /** Notices in which {@link #lockReached} or {@link #lockDue} would find something. */
  List<NoticeId> toOpen(Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            """
            SELECT n.notice_id FROM notice n
            WHERE n.gate_kind IS NOT NULL AND n.state = 'PUBLISHED'
              AND (NOT n.gate_kind = ANY(:announced)
                   OR EXISTS (SELECT 1 FROM announcement a WHERE a.notice_id = n.notice_id))
              AND (n.opens_at <= :upTo
                   OR n.opens_at IS NULL
                      AND NOT EXISTS (SELECT 1 FROM notice_recipient r
                                      WHERE r.notice_id = n.notice_id AND r.delivered_at IS NULL))
              AND %s
            ORDER BY n.opens_at NULLS FIRST, n.notice_id LIMIT :limit\
            """
                .formatted(selection.where(MaturitySweep.NAME, "''", "n.notice_id")))
        .param("upTo", Timestamp.from(upTo))
        .param("announced", ANNOUNCED)
        .param("limit", limit)
        .query((row, n) -> NoticeId.of(row.getString(1)))
        .list();
  }

  private static String[] ids(List<NoticeId> notices) {
    return notices.stream().map(NoticeId::value).toArray(String[]::new);
  }

  /** Opens a locked gate for good. */
  void mature(NoticeId notice, Instant effectAt, Instant at) {
    Rows.expectOne(
        jdbc.sql(
                """
                UPDATE notice SET state = 'MATURED', effect_at = :effectAt, matured_at = :at
                WHERE notice_id = :id AND state = 'PUBLISHED'\
                """)
            .param("id", notice.value())
            .param("effectAt", Timestamp.from(effectAt))
            .param("at", Timestamp.from(at))
            .update(),
        "notice");
  }
}
