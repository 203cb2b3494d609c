package io.tollgate.billing.charging;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Month-to-date counters after the last billed cycle: all of an account's product and month in one
 * row, as every bill reads and writes all of them.
 */
@Repository
class JdbcCounters {
  private static final String READ =
      """
      select c.account_id, c.product_id, c.month_start, c.counters, c.counted_to
        from unnest(:accounts::text[], :products::text[], :months::text[]::timestamptz[])
             as k (account_id, product_id, month_start)
        join month_counters c using (account_id, product_id, month_start)
      """;
  private static final String MERGE =
      """
      insert into month_counters (account_id, product_id, month_start, counters, counted_to)
      select * from unnest(:accounts::text[], :products::text[], :months::text[]::timestamptz[],
                           :counters::text[]::json[], :countedTo::text[]::timestamptz[])
      on conflict (account_id, product_id, month_start)
      do update set counters = excluded.counters, counted_to = excluded.counted_to
      """;

  private final JdbcClient jdbc;

  JdbcCounters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counters by month; the key's start is the month's. */
  Map<CycleKey, CountedMonth> read(Collection<CycleKey> months) {
    List<CycleKey> distinct = months.stream().distinct().toList();
    Map<CycleKey, CountedMonth> counted = new HashMap<>();
    keyed(READ, distinct)
        .query(
            row -> {
              counted.put(
                  CycleKey.read(row, "month_start"),
                  new CountedMonth(
                      MonthCounters.of(row.getString("counters")),
                      Columns.instant(row, "counted_to")));
            });
    return counted;
  }

  /** Stores the counters of months that changed. */
  void write(Map<CycleKey, CountedMonth> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<CycleKey> months = new ArrayList<>(changed.size());
    List<String> counters = new ArrayList<>(changed.size());
    List<String> countedTo = new ArrayList<>(changed.size());
    changed.forEach(
        (month, each) -> {
          months.add(month);
          counters.add(MonthCounters.json(each.counters()));
          countedTo.add(each.countedTo().toString());
        });
    int stored =
        keyed(MERGE, months)
            .param("counters", counters.toArray(String[]::new))
            .param("countedTo", countedTo.toArray(String[]::new))
            .update();
    Rows.expect(months.size(), stored, "month counters");
  }

  private JdbcClient.StatementSpec keyed(String sql, List<CycleKey> months) {
    return jdbc.sql(sql)
        .param("accounts", texts(months, month -> month.account().value()))
        .param("products", texts(months, month -> month.product().value()))
        .param("months", texts(months, month -> month.start().toString()));
  }
}
