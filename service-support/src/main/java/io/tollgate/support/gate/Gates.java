package io.tollgate.support.gate;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.NoticeEvent.GateKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The gates a service has heard of on {@code notice.events}. A gate that it has not heard of is
 * shut.
 */
public final class Gates {

  private final JdbcClient jdbc;

  public Gates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes note of an event, in the consumer's transaction; repeating it changes nothing. */
  public void apply(NoticeEvent event) {
    switch (event) {
      case NoticeEvent.NoticePublished e -> published(e);
      case NoticeEvent.NoticeMatured e ->
          set(e.notice(), Gate.State.OPEN, Optional.of(e.effectAt()));
      case NoticeEvent.NoticeWithdrawn e -> set(e.notice(), Gate.State.WITHDRAWN, Optional.empty());
      case NoticeEvent.NoticeDelivered e -> {}
    }
  }

  private void published(NoticeEvent.NoticePublished event) {
    jdbc.sql(
            """
            INSERT INTO gate (notice_id, kind, subject, lead_days, effect_at, state)
            VALUES (:notice, :kind, :subject, :leadDays, :effectAt, 'SHUT') ON CONFLICT DO NOTHING\
            """)
        .param("notice", event.notice().value())
        .param("kind", event.kind().name())
        .param("subject", event.subject())
        .param("leadDays", event.leadDays())
        .param("effectAt", Timestamp.from(event.effectAt()))
        .update();
  }

  private void set(NoticeId notice, Gate.State state, Optional<Instant> effectAt) {
    jdbc.sql(
            """
            UPDATE gate SET state = :state, effect_at = coalesce(:effectAt::timestamptz, effect_at)
            WHERE notice_id = :notice AND state = 'SHUT'\
            """)
        .param("notice", notice.value())
        .param("state", state.name())
        .param("effectAt", effectAt.map(Timestamp::from).orElse(null))
        .update();
  }

  /** A gate by its notice. */
  public Optional<Gate> find(NoticeId notice) {
    return jdbc.sql(
            "SELECT notice_id, kind, subject, lead_days, effect_at, state FROM gate WHERE notice_id"
                + " = :notice")
        .param("notice", notice.value())
        .query(
            (row, n) ->
                new Gate(
                    NoticeId.of(row.getString(1)),
                    GateKind.valueOf(row.getString(2)),
                    row.getString(3),
                    row.getInt(4),
                    row.getTimestamp(5).toInstant(),
                    Gate.State.valueOf(row.getString(6))))
        .optional();
  }

  /** Judges an action by the notice it names; an unknown notice refuses. */
  public Gate.Verdict judge(NoticeId notice, GateKind kind, String subject, Instant asked) {
    return find(notice)
        .map(gate -> gate.judge(kind, subject, asked))
        .orElseGet(
            () ->
                new Gate.Verdict.Refused(
                    "gate-unknown", "notice " + notice + " is not published, or has no lead"));
  }
}
