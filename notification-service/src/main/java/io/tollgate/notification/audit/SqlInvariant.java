package io.tollgate.notification.audit;

import io.tollgate.support.audit.AuditFinding;
import io.tollgate.support.audit.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An invariant that one SQL statement checks, in one snapshot.
 *
 * @param jdbc the database
 * @param id see {@link Invariant#id()}
 * @param description see {@link Invariant#description()}
 * @param checked a query of one number: how many things are looked at
 * @param broken a query of one text for each thing that breaks the invariant
 */
record SqlInvariant(JdbcClient jdbc, String id, String description, String checked, String broken)
    implements Invariant {

  @Override
  public AuditFinding check() {
    List<String> findings = new ArrayList<>();
    long[] count = new long[1];
    jdbc.sql(
            "SELECT c.number, b.finding FROM (%s) AS c (number) LEFT JOIN (%s) AS b (finding) ON true LIMIT 10000"
                .formatted(checked, broken))
        .query(
            row -> {
              count[0] = row.getLong(1);
              Optional.ofNullable(row.getString(2)).ifPresent(findings::add);
            });
    return AuditFinding.of(count[0], findings);
  }
}
