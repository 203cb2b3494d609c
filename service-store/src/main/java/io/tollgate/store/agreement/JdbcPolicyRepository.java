package io.tollgate.store.agreement;

import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policy rows in PostgreSQL; they are cached in memory and reloaded when new ones exist. */
final class JdbcPolicyRepository {

  private record Known(long lastId, List<PolicyRow> rows) {}

  private final JdbcClient jdbc;
  private volatile Known known = new Known(-1, List.of());

  JdbcPolicyRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All rows as they are now. */
  List<PolicyRow> rows() {
    long lastId =
        jdbc.sql("select coalesce(max(policy_row_id), 0) from policy_row")
            .query(Long.class)
            .single();
    Known current = known;
    if (current.lastId() == lastId) {
      return current.rows();
    }
    Known fresh = new Known(lastId, read());
    known = fresh;
    return fresh.rows();
  }

  private List<PolicyRow> read() {
    return jdbc.sql(
            """
            select policy_row_id, name, level, product_id, value, effective_from, author, reason
            from policy_row order by policy_row_id\
            """)
        .query(
            (row, n) ->
                new PolicyRow(
                    row.getLong(1),
                    row.getString(2),
                    PolicyLevel.valueOf(row.getString(3)),
                    Optional.ofNullable(row.getString(4)).map(ProductId::of),
                    row.getString(5),
                    row.getTimestamp(6).toInstant(),
                    row.getString(7),
                    row.getString(8)))
        .list();
  }

  /**
   * Lets one transaction at a time enter rows: each is judged by those before it, and the newest id
   * means the newest commit.
   */
  void lock() {
    jdbc.sql("LOCK TABLE policy_row IN SHARE ROW EXCLUSIVE MODE").update();
  }

  /** Stores a row under {@link #lock}; returns its id. */
  long insert(PolicyRow row) {
    return jdbc.sql(
            """
            insert into policy_row (name, level, product_id, value, effective_from, author, reason)
            values (:name, :level, :product, :value, :effectiveFrom, :author, :reason) returning policy_row_id\
            """)
        .param("name", row.name())
        .param("level", row.level().name())
        .param("product", row.product().map(ProductId::value).orElse(null))
        .param("value", row.value())
        .param("effectiveFrom", Timestamp.from(row.effectiveFrom()))
        .param("author", row.author())
        .param("reason", row.reason())
        .query(Long.class)
        .single();
  }
}
