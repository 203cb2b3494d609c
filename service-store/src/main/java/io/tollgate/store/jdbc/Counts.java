package io.tollgate.store.jdbc;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts that metrics show. */
public final class Counts {

  private Counts() {}

  /** The number that a query of one number returns. */
  public static double of(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /**
   * The numbers that a query returns by name; may be changed.
   *
   * @param sql of two columns: a name and a number
   */
  public static Map<String, Long> by(JdbcClient jdbc, String sql) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(sql)
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }
}
