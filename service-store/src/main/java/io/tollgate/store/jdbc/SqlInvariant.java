package io.tollgate.store.jdbc;

import io.tollgate.support.observability.AuditFinding;
import io.tollgate.support.observability.Invariant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An invariant that one statement checks, in one snapshot.
 *
 * @param jdbc the database
 * @param id see {@link Invariant#id()}
 * @param description see {@link Invariant#description()}
 * @param gauge see {@link Invariant#gauge()}
 * @param checked a query of one number: how many things are looked at
 * @param broken a query of a text and a difference above 0 for each thing that breaks it
 */
public record SqlInvariant(
    JdbcClient jdbc,
    String id,
    String description,
    Optional<String> gauge,
    String checked,
    String broken)
    implements Invariant {

  /** An invariant without a gauge of its own. */
  public SqlInvariant(
      JdbcClient jdbc, String id, String description, String checked, String broken) {
    this(jdbc, id, description, Optional.empty(), checked, broken);
  }

  private record Row(long checked, Optional<String> finding, BigDecimal difference) {}

  @Override
  public AuditFinding check() {
    List<Row> rows =
        jdbc.sql(
                """
                with b (finding, difference) as (%s), c (number) as (%s)
                select c.number, f.finding, (select coalesce(sum(difference), 0) from b) as difference
                  from c left join (select finding from b limit %d) f on true
                """
                    .formatted(broken, checked, AuditFinding.MAX_FINDINGS))
            .query(
                (row, n) ->
                    new Row(
                        row.getLong("number"),
                        Optional.ofNullable(row.getString("finding")),
                        row.getBigDecimal("difference")))
            .list();
    List<String> findings = new ArrayList<>();
    rows.forEach(row -> row.finding().ifPresent(findings::add));
    return new AuditFinding(rows.getFirst().checked(), rows.getFirst().difference(), findings);
  }
}
