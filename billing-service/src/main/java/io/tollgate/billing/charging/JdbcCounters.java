package io.tollgate.billing.charging;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.support.jdbc.Rows;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Month-to-date counters after the last billed cycle. */
@Repository
class JdbcCounters {
  private static final String READ =
      """
      select c.account_id, c.product_id, c.month_start, c.instance_id, c.meter, c.free_units,
             c.units, c.amount
        from unnest(:accounts::text[], :products::text[], :months::text[]::timestamptz[])
             as k (account_id, product_id, month_start)
        join month_counter c using (account_id, product_id, month_start)
      """;
  private static final String MERGE =
      """
      insert into month_counter (account_id, product_id, month_start, instance_id, meter,
                                 free_units, units, amount)
      select * from unnest(:accounts::text[], :products::text[], :months::text[]::timestamptz[],
                           :instances::text[], :meters::text[], :free::text[]::numeric[],
                           :units::text[]::numeric[], :amounts::text[]::numeric[])
      on conflict (account_id, product_id, month_start, instance_id, meter)
      do update set free_units = excluded.free_units, units = excluded.units,
                    amount = excluded.amount
      """;

  private final JdbcClient jdbc;

  JdbcCounters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Counters by month; the key's start is the month's. */
  Map<CycleKey, Map<CounterKey, Counter>> read(Collection<CycleKey> months) {
    List<CycleKey> distinct = months.stream().distinct().toList();
    Map<CycleKey, Map<CounterKey, Counter>> counters = new HashMap<>();
    jdbc.sql(READ)
        .param("accounts", distinct.stream().map(m -> m.account().value()).toArray(String[]::new))
        .param("products", distinct.stream().map(m -> m.product().value()).toArray(String[]::new))
        .param("months", distinct.stream().map(m -> m.start().toString()).toArray(String[]::new))
        .query(
            row -> {
              CycleKey month =
                  new CycleKey(
                      AccountId.of(row.getString(1)),
                      ProductId.of(row.getString(2)),
                      row.getTimestamp(3).toInstant());
              counters
                  .computeIfAbsent(month, key -> new HashMap<>())
                  .put(
                      new CounterKey(
                          InstanceId.of(row.getString(4)), MeterKey.of(row.getString(5))),
                      new Counter(
                          row.getBigDecimal(6), row.getBigDecimal(7), row.getBigDecimal(8)));
            });
    return counters;
  }

  private record Row(CycleKey month, CounterKey key, Counter counter) {}

  /** Stores counters that changed. */
  void write(Map<CycleKey, Map<CounterKey, Counter>> changed) {
    List<Row> rows =
        changed.entrySet().stream()
            .flatMap(
                month ->
                    month.getValue().entrySet().stream()
                        .map(each -> new Row(month.getKey(), each.getKey(), each.getValue())))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    int stored =
        jdbc.sql(MERGE)
            .param("accounts", texts(rows, row -> row.month().account().value()))
            .param("products", texts(rows, row -> row.month().product().value()))
            .param("months", texts(rows, row -> row.month().start().toString()))
            .param("instances", texts(rows, row -> row.key().instance().value()))
            .param("meters", texts(rows, row -> row.key().meter().value()))
            .param("free", texts(rows, row -> row.counter().freeUnits().toPlainString()))
            .param("units", texts(rows, row -> row.counter().units().toPlainString()))
            .param("amounts", texts(rows, row -> row.counter().amount().toPlainString()))
            .update();
    Rows.expect(rows.size(), stored, "month counters");
  }

  private static String[] texts(List<Row> rows, Function<Row, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
