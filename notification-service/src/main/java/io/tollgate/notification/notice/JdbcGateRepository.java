package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.support.jdbc.Rows;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The gates of notices in PostgreSQL: which opens when, and which is open. */
@Repository
class JdbcGateRepository {

  private final JdbcClient jdbc;

  JdbcGateRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Gates whose notice everybody concerned has, and whose opening is not known yet. */
  List<Reached> lockReached(int limit) {
    return jdbc.sql(
            """
            SELECT n.notice_id, n.lead_days,
                   coalesce((SELECT max(r.delivered_at) FROM notice_recipient r WHERE r.notice_id = n.notice_id),
                            n.published_at)
            FROM notice n
            WHERE n.gate_kind IS NOT NULL AND n.state = 'PUBLISHED' AND n.opens_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM notice_recipient r
                              WHERE r.notice_id = n.notice_id AND r.delivered_at IS NULL)
            ORDER BY n.notice_id LIMIT :limit FOR UPDATE OF n SKIP LOCKED\
            """)
        .param("limit", limit)
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
  List<DueGate> lockDue(Instant upTo, int limit) {
    return jdbc.sql(
            """
            SELECT notice_id, gate_kind, subject, asked_effect_at, opens_at, rule FROM notice
            WHERE gate_kind IS NOT NULL AND state = 'PUBLISHED' AND opens_at <= :upTo
            ORDER BY opens_at, notice_id LIMIT :limit FOR UPDATE SKIP LOCKED\
            """)
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query(
            (row, n) ->
                new DueGate(
                    NoticeId.of(row.getString(1)),
                    GateKind.valueOf(row.getString(2)),
                    row.getString(3),
                    row.getTimestamp(4).toInstant(),
                    row.getTimestamp(5).toInstant(),
                    RuleId.of(row.getString(6))))
        .list();
  }

  /** A gated notice whose days have run. */
  record DueGate(
      NoticeId notice,
      GateKind kind,
      String subject,
      Instant askedEffectAt,
      Instant opensAt,
      RuleId rule) {}

  /** Whether {@link #lockReached} or {@link #lockDue} would find something. */
  boolean anyToOpen(Instant upTo) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM notice n
              WHERE n.gate_kind IS NOT NULL AND n.state = 'PUBLISHED'
                AND (n.opens_at <= :upTo
                     OR n.opens_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM notice_recipient r
                                        WHERE r.notice_id = n.notice_id AND r.delivered_at IS NULL)))\
            """)
        .param("upTo", Timestamp.from(upTo))
        .query(Boolean.class)
        .single();
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
