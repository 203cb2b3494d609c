package io.tollgate.store.agreement;

import io.tollgate.model.NoticeId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.web.ProblemException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gates that a service has received on {@code notice.events}. An unknown gate is closed. */
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
            insert into gate (notice_id, action, lead_days, effect_at, state)
            values (:notice, :action::jsonb, :leadDays, :effectAt, 'SHUT') on conflict do nothing\
            """)
        .param("notice", event.notice().value())
        .param("action", WireMapper.mapper().writeValueAsString(event.action()))
        .param("leadDays", event.leadDays())
        .param("effectAt", Timestamp.from(event.effectAt()))
        .update();
  }

  private void set(NoticeId notice, Gate.State state, Optional<Instant> effectAt) {
    jdbc.sql(
            """
            update gate set state = :state, effect_at = coalesce(:effectAt::timestamptz, effect_at)
            where notice_id = :notice and state = 'SHUT'\
            """)
        .param("notice", notice.value())
        .param("state", state.name())
        .param("effectAt", effectAt.map(Timestamp::from).orElse(null))
        .update();
  }

  /** A gate by its notice. */
  public Optional<Gate> find(NoticeId notice) {
    return jdbc.sql(
            "select notice_id, action, lead_days, effect_at, state from gate where notice_id ="
                + " :notice")
        .param("notice", notice.value())
        .query(
            (row, n) ->
                new Gate(
                    NoticeId.of(row.getString(1)),
                    WireMapper.mapper().readValue(row.getString(2), GateAction.class),
                    row.getInt(3),
                    row.getTimestamp(4).toInstant(),
                    Gate.State.valueOf(row.getString(5))))
        .optional();
  }

  /**
   * Lets an action through its gate and records the use, in the action's own transaction: whatever
   * undoes the action undoes the use.
   *
   * @return the notice that opened it
   * @throws ProblemException 422 with the rule and the reason: no notice named, an unknown one, one
   *     of another action, withdrawn, not matured (with the earliest lawful time), or used before
   */
  public NoticeId pass(Passage passage) {
    String rule = passage.action().kind().rule().value();
    NoticeId notice =
        passage
            .notice()
            .orElseThrow(
                () ->
                    ProblemException.refused(
                        "gate-needed",
                        "%s: name the notice that announced %s"
                            .formatted(passage.why(), passage.action().description()),
                        rule));
    Gate gate =
        find(notice)
            .orElseThrow(
                () ->
                    ProblemException.refused(
                        "gate-unknown",
                        "notice " + notice + " is not published, or has no notice period",
                        rule));
    switch (gate.judge(passage.action(), passage.effectAt())) {
      case Gate.Verdict.Fits fits -> use(notice, passage, rule);
      case Gate.Verdict.TooEarly early ->
          throw new ProblemException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "gate-shut",
              early.reason(),
              Map.of("rule", rule, "earliestLawful", early.earliestLawful()));
      case Gate.Verdict.Refused refused ->
          throw ProblemException.refused(refused.slug(), refused.reason(), rule);
    }
    return notice;
  }

  private void use(NoticeId notice, Passage passage, String rule) {
    int used =
        jdbc.sql(
                """
                insert into gate_use (notice_id, part, used_at, used_by) values (:notice, :part, :at, :by)
                on conflict do nothing\
                """)
            .param("notice", notice.value())
            .param("part", passage.part())
            .param("at", Timestamp.from(passage.at()))
            .param("by", passage.by())
            .update();
    if (used == 0) {
      throw ProblemException.refused(
          "gate-used",
          "notice %s has been used for %s: it permits that once"
              .formatted(
                  notice,
                  passage.part().isEmpty() ? passage.action().description() : passage.part()),
          rule);
    }
  }
}
