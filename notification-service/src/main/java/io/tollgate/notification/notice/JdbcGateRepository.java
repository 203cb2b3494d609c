package io.tollgate.notification.notice;

import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
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
            select n.notice_id, n.lead_days,
                   greatest(n.published_at, a.published_at,
                            (select max(r.delivered_at) from notice_recipient r where r.notice_id = n.notice_id))
            from notice n left join announcement a using (notice_id)
            where n.gate_kind is not null and n.state = 'PUBLISHED' and n.opens_at is null
              and (a.notice_id is not null or not n.gate_kind = any(:announced))
              and not exists (select 1 from notice_recipient r
                              where r.notice_id = n.notice_id and r.delivered_at is null)
              and n.notice_id = any(:notices)
            order by n.notice_id for update of n skip locked\
            """)
        .param("announced", ANNOUNCED)
        .param("notices", SqlArrays.texts(notices, NoticeId::value))
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
        jdbc.sql("update notice set opens_at = :opensAt where notice_id = :id")
            .param("id", notice.value())
            .param("opensAt", Timestamp.from(opensAt))
            .update(),
        "notice");
  }

  /** Gates that open by an instant, the earliest first; locked for this transaction. */
  List<DueGate> lockDue(List<NoticeId> notices, Instant upTo) {
    return jdbc.sql(
            """
            select notice_id, action, asked_effect_at, opens_at, rule from notice
            where gate_kind is not null and state = 'PUBLISHED' and opens_at <= :upTo
              and notice_id = any(:notices)
              and (not gate_kind = any(:announced)
                   or exists (select 1 from announcement a where a.notice_id = notice.notice_id))
            order by opens_at, notice_id for update skip locked\
            """)
        .param("upTo", Timestamp.from(upTo))
        .param("notices", SqlArrays.texts(notices, NoticeId::value))
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
            select n.notice_id from notice n
            where n.gate_kind is not null and n.state = 'PUBLISHED'
              and (not n.gate_kind = any(:announced)
                   or exists (select 1 from announcement a where a.notice_id = n.notice_id))
              and (n.opens_at <= :upTo
                   or n.opens_at is null
                      and not exists (select 1 from notice_recipient r
                                      where r.notice_id = n.notice_id and r.delivered_at is null))
              and %s
            order by n.opens_at nulls first, n.notice_id limit :limit\
            """
                .formatted(selection.where(MaturitySweep.NAME, "''", "n.notice_id")))
        .param("upTo", Timestamp.from(upTo))
        .param("announced", ANNOUNCED)
        .param("limit", limit)
        .query((row, n) -> NoticeId.of(row.getString(1)))
        .list();
  }

  /** Opens a locked gate for good. */
  void mature(NoticeId notice, Instant effectAt, Instant at) {
    Rows.expectOne(
        jdbc.sql(
                """
                update notice set state = 'MATURED', effect_at = :effectAt, matured_at = :at
                where notice_id = :id and state = 'PUBLISHED'\
                """)
            .param("id", notice.value())
            .param("effectAt", Timestamp.from(effectAt))
            .param("at", Timestamp.from(at))
            .update(),
        "notice");
  }
}
