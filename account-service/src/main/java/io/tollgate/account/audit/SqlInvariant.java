package io.tollgate.account.audit;

import io.tollgate.support.audit.AuditFinding;
import io.tollgate.support.audit.Invariant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An invariant that one statement checks, in one snapshot.
 *
 * @param id its short id
 * @param description what always holds
 * @param sql two columns: how many things there are, and the ids of those that break it
 * @param jdbc the database
 */
record SqlInvariant(String id, String description, String sql, JdbcClient jdbc)
    implements Invariant {

  @Override
  public AuditFinding check() {
    return jdbc.sql(sql)
        .query(
            (row, n) ->
                AuditFinding.of(row.getLong(1), List.of((String[]) row.getArray(2).getArray())))
        .single();
  }
}
