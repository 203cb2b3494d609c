package io.tollgate.billing.charging;

import io.tollgate.billing.rating.RatedUsage;
import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.Dimensions;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Billing cycles and the usage that they bill. */
@Repository
class JdbcCycles {
  /**
   * The planner has no statistics of a case expression and takes it to hold of every second row. Of
   * "not billed" it believes what it last saw: when that was a moment without open cycles, it reads
   * all cycles there are to find the one that it expects, and only then looks at the keys.
   */
  static final String CLAIM =
      """
      update billing_cycle c set billed = true
        from unnest(:accounts::text[], :products::text[], :starts::text[]::timestamptz[])
             as k (account_id, product_id, cycle_start)
       where c.account_id = k.account_id and c.product_id = k.product_id
         and c.cycle_start = k.cycle_start and case when c.billed then false else true end
      returning c.account_id, c.product_id, c.cycle_start
      """;

  static final String USAGE =
      """
      select k.account_id, k.product_id, k.cycle_start, u.instance_id, u.meter, u.dimensions,
             u.window_start, u.window_end, u.quantity, u.revision
        from unnest(:accounts::text[], :products::text[], :starts::text[]::timestamptz[],
                    :ends::text[]::timestamptz[])
             as k (account_id, product_id, cycle_start, cycle_end)
       cross join lateral (
               select * from usage_window w
                where w.account_id = k.account_id and w.product_id = k.product_id
                  and w.window_start >= k.cycle_start and w.window_start < k.cycle_end
                  and w.granularity = :granularity
               offset 0) u
      """;

  private final JdbcClient jdbc;
  private final int partitions;

  JdbcCycles(JdbcClient jdbc, KafkaSettings kafka) {
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  /** The query of {@link #due}. */
  static String due(Selection selection) {
    return """
    select c.account_id, c.product_id, c.cycle_start, c.cycle_end, c.month_start, c.windows,
           w.tick
      from billing_cycle c
      join account a on a.account_id = c.account_id
     cross join lateral (
             select tick from usage_watermark w
              where w.output_partition = c.output_partition and w.granularity = c.granularity
                and w.closed_up_to >= c.cycle_end
              order by w.closed_up_to limit 1) w
     where not c.billed and c.cycle_end <= :upTo and w.tick <= :upTo
       and c.output_partition = any(:partitions) and %s
     order by c.cycle_end, c.account_id
     limit :limit
    """
        .formatted(
            selection.where(
                ChargingSweep.NAME,
                "c.account_id",
                CycleKey.subjectId("c.product_id", "c.cycle_start")));
  }

  /** Complete cycles that are not billed, the oldest first. */
  List<DueCycle> due(Instant upTo, AccountShard shard, int limit, Selection selection) {
    return cycles(
        jdbc.sql(due(selection))
            .param("upTo", Timestamp.from(upTo))
            .param("partitions", shard.partitions(partitions))
            .param("limit", limit));
  }

  /** An account's cycles that are not billed yet, in order. */
  List<DueCycle> open(AccountId account) {
    return cycles(
        jdbc.sql(
                """
                select *, cycle_end as tick from billing_cycle
                 where account_id = :account and not billed order by cycle_start, product_id
                """)
            .param("account", account.value()));
  }

  /** The billed cycles of a month in order, locked against usage that arrives now. */
  List<DueCycle> lockBilled(CycleKey month) {
    return cycles(
        jdbc.sql(
                """
                select *, cycle_end as tick from billing_cycle
                 where account_id = :account and product_id = :product and month_start = :month
                   and cycle_start >= :month and billed
                 order by cycle_start for update
                """)
            .param("account", month.account().value())
            .param("product", month.product().value())
            .param("month", Timestamp.from(month.start())));
  }

  private static List<DueCycle> cycles(JdbcClient.StatementSpec statement) {
    return statement
        .query(
            (row, n) ->
                new DueCycle(
                    CycleKey.read(row, "cycle_start"),
                    new Window(
                        Columns.instant(row, "cycle_start"), Columns.instant(row, "cycle_end")),
                    Columns.instant(row, "month_start"),
                    Columns.instant(row, "tick"),
                    row.getLong("windows")))
        .list();
  }

  /**
   * Marks cycles as billed, which locks them against usage that arrives now; those billed meanwhile
   * are left out. What then cannot be billed is opened again by {@link #reopen}.
   *
   * @param cycles in the order of their keys, in which they are locked
   */
  Set<CycleKey> claim(Collection<DueCycle> cycles) {
    return new HashSet<>(
        keyed(CLAIM, cycles).query((row, n) -> CycleKey.read(row, "cycle_start")).list());
  }

  private JdbcClient.StatementSpec keyed(String sql, Collection<DueCycle> cycles) {
    return jdbc.sql(sql)
        .param("accounts", SqlArrays.texts(cycles, c -> c.key().account().value()))
        .param("products", SqlArrays.texts(cycles, c -> c.key().product().value()))
        .param("starts", SqlArrays.texts(cycles, c -> c.key().start().toString()));
  }

  /** The last revision of every window of the cycles. */
  Map<CycleKey, List<RatedUsage>> usage(Collection<DueCycle> cycles, Granularity granularity) {
    Map<CycleKey, List<RatedUsage>> usage = new HashMap<>();
    keyed(USAGE, cycles)
        .param("ends", SqlArrays.texts(cycles, c -> c.window().end().toString()))
        .param("granularity", granularity.name())
        .query(
            row -> {
              usage
                  .computeIfAbsent(CycleKey.read(row, "cycle_start"), cycle -> new ArrayList<>())
                  .add(usage(row));
            });
    return usage;
  }

  private static RatedUsage usage(ResultSet row) throws SQLException {
    return new RatedUsage(
        InstanceId.of(row.getString("instance_id")),
        MeterKey.of(row.getString("meter")),
        Dimensions.of(row.getString("dimensions")),
        new Window(Columns.instant(row, "window_start"), Columns.instant(row, "window_end")),
        row.getBigDecimal("quantity"),
        row.getInt("revision"));
  }

  /** Gives a claimed cycle back that cannot be rated. */
  void reopen(CycleKey cycle) {
    int reopened =
        jdbc.sql(
                """
                update billing_cycle set billed = false
                 where billed and account_id = :account and product_id = :product
                   and cycle_start = :start
                """)
            .param("account", cycle.account().value())
            .param("product", cycle.product().value())
            .param("start", Timestamp.from(cycle.start()))
            .update();
    Rows.expectOne(reopened, "reopened cycle");
  }
}
