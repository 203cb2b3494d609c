package io.tollgate.store.audittrail;

import io.tollgate.model.AccountId;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.security.Operators;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes and reads the audit trail. An entry is written in the transaction of the change it
 * describes and cannot be changed.
 */
public final class AuditTrail {

  private static final String OPERATOR = "operator";

  private final JdbcClient jdbc;
  private final BusinessClock clock;
  private final Operators operators;

  /**
   * A trail.
   *
   * @param operators tells employees from others
   */
  public AuditTrail(JdbcClient jdbc, BusinessClock clock, Operators operators) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.operators = operators;
  }

  /** Adds an entry at the current business instant. */
  public void record(AuditEntry entry) {
    record(entry, clock.now());
  }

  /** Adds an entry at the business instant at which its effect was due. */
  public void record(AuditEntry entry, Instant at) {
    jdbc.sql(
            """
            insert into audit_entry
              (account_id, at, who, by_operator, subject_kind, subject_id, what, rule, reason)
            values (:account, :at, :who, :operator, :kind, :subject, :what, :rule, :reason)\
            """)
        .param("account", entry.account().map(AccountId::value).orElse(null))
        .param("at", Timestamp.from(at))
        .param("who", entry.who())
        .param("operator", operators.contains(entry.who()))
        .param("kind", entry.subjectKind())
        .param("subject", entry.subjectId())
        .param("what", entry.what())
        .param("rule", entry.rule())
        .param("reason", entry.reason())
        .update();
  }

  /** An entry as it is shown. */
  public record View(
      long id,
      Instant at,
      String who,
      String subjectKind,
      String subjectId,
      String what,
      String rule,
      String reason) {}

  /**
   * Entries of an account, newest first, below an id.
   *
   * @param names whether employees are named
   * @param reader who reads it, and is named in any case
   */
  List<View> entries(AccountId account, long below, int limit, boolean names, String reader) {
    return jdbc.sql(
            """
            select audit_entry_id, at,
                   case when by_operator and not :names and who <> :reader then :operator
                        else who end,
                   subject_kind, subject_id, what, rule, reason
              from audit_entry
            where account_id = :account and audit_entry_id < :below order by audit_entry_id desc limit :limit\
            """)
        .param("account", account.value())
        .param("below", below)
        .param("names", names)
        .param("reader", reader)
        .param("operator", OPERATOR)
        .param("limit", limit)
        .query(
            (row, n) ->
                new View(
                    row.getLong(1),
                    row.getTimestamp(2).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8)))
        .list();
  }
}
