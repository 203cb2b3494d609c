package io.tollgate.notification.audit;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.observability.AuditFinding;
import io.tollgate.support.observability.Invariant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * No gate opened before everybody concerned had the notice, the public announcement was made where
 * the clause names the website, and its days had run (section 14).
 */
@Component
class GateInvariant implements Invariant {

  private final JdbcClient jdbc;
  private final BillingCalendar calendar;

  GateInvariant(JdbcClient jdbc, BillingCalendar calendar) {
    this.jdbc = jdbc;
    this.calendar = calendar;
  }

  @Override
  public String id() {
    return "gates-opened-in-time";
  }

  @Override
  public String description() {
    return "A gate opened only after every recipient had the notice, the announcement was published"
        + " and the notice period had elapsed";
  }

  @Override
  public AuditFinding check() {
    List<Optional<String>> judged =
        jdbc.sql(
                """
                select n.notice_id, n.lead_days, n.asked_effect_at, n.effect_at, n.matured_at,
                       greatest(n.published_at, a.published_at, max(m.delivered_at)) as last_delivery,
                       count(r.account_id) filter (where m.account_id is null)
                         + count(*) filter (where n.kind in ('TERMS_CHANGE', 'DISCONTINUATION', 'AGREEMENT_TRANSFER')
                                                  and a.notice_id is null) as missing
                from notice n
                left join announcement a on a.notice_id = n.notice_id
                left join notice_recipient r on r.notice_id = n.notice_id
                left join message m on m.notice_id = r.notice_id and m.account_id = r.account_id
                where n.state = 'MATURED' group by n.notice_id, a.notice_id\
                """)
            .query((row, n) -> judge(row))
            .list();
    return AuditFinding.of(judged.size(), judged.stream().flatMap(Optional::stream).toList());
  }

  private Optional<String> judge(ResultSet row) throws SQLException {
    Instant last = row.getTimestamp("last_delivery").toInstant();
    int leadDays = row.getInt("lead_days");
    Instant earliest = leadDays == 0 ? last : calendar.earliestEffect(last, leadDays);
    Instant effectAt = row.getTimestamp("effect_at").toInstant();
    boolean kept =
        row.getLong("missing") == 0
            && !row.getTimestamp("matured_at").toInstant().isBefore(earliest)
            && !effectAt.isBefore(earliest)
            && !effectAt.isBefore(row.getTimestamp("asked_effect_at").toInstant());
    return kept
        ? Optional.empty()
        : Optional.of("notice " + row.getString("notice_id") + " matured before " + earliest);
  }
}
