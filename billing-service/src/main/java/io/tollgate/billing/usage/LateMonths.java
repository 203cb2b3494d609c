package io.tollgate.billing.usage;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The billed months that are to be rated again, because something they depend on became known after
 * the bill: usage, a suspension, the registration or end of an instance, or an earlier cycle.
 *
 * <p>A month that waits for late usage is rated once every aggregation partition that sent some has
 * reported that it sent all of it; the others at once.
 */
@Repository
public class LateMonths {
  /** The name of the work of rating them again. */
  public static final String WORK = "late-usage";

  /** That the aggregation partition of a row {@code l} has reported that it is complete. */
  private static final String COMPLETE =
      """
      (l.aggregation_partition = -1
       or exists (select 1 from usage_marker m
                   where m.generation = l.generation
                     and m.aggregation_partition = l.aggregation_partition
                     and m.output_partition = l.output_partition
                     and m.granularity = l.granularity and m.tick >= l.tick))
      """;

  private static final String USAGE_CHANGED =
      """
      insert into late_usage (account_id, product_id, month_start, aggregation_partition,
                              output_partition, granularity, tick, generation)
      select :account, :product, :month, s.aggregation_partition, :output, :granularity, s.tick,
             s.generation
        from unnest(:partitions::text[]::int[], :ticks::text[]::timestamptz[],
                    :generations::text[]) as s (aggregation_partition, tick, generation)
      on conflict (account_id, product_id, month_start, aggregation_partition)
      do update set tick = excluded.tick, generation = excluded.generation
       where late_usage.tick <= excluded.tick
      """;

  private static final String OUT_OF_ORDER =
      """
      insert into late_usage (account_id, product_id, month_start, aggregation_partition,
                              output_partition, granularity, tick)
      select c.account_id, c.product_id, c.month_start, -1, min(c.output_partition),
             min(c.granularity),
             max(k.tick)
        from unnest(:accounts::text[], :products::text[], :starts::text[]::timestamptz[],
                    :ticks::text[]::timestamptz[])
               as k (account_id, product_id, cycle_start, tick)
        join billing_cycle c using (account_id, product_id, cycle_start)
       group by c.account_id, c.product_id, c.month_start
      on conflict (account_id, product_id, month_start, aggregation_partition)
      do update set tick = greatest(late_usage.tick, excluded.tick)
      """;

  private static final String BEYOND =
      """
      insert into late_usage (account_id, product_id, month_start, aggregation_partition,
                              output_partition, granularity, tick)
      select distinct c.account_id, c.product_id, c.month_start, -1, c.output_partition,
             c.granularity,
             :since::timestamptz
        from billing_cycle c
       where c.account_id = :account and c.product_id = :product and c.billed
         and c.cycle_end > :since
      on conflict (account_id, product_id, month_start, aggregation_partition) do nothing
      """;

  private final JdbcClient jdbc;
  private final int partitions;

  LateMonths(JdbcClient jdbc, KafkaSettings kafka) {
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  /**
   * A month to be rated again.
   *
   * @param month the key's start is the month's
   * @param tick business time at which the change became known
   */
  public record Late(CycleKey month, Instant tick) {}

  /**
   * Usage of a billed month changed.
   *
   * @param sent the newest that each aggregation partition sent of it
   */
  void usageChanged(CycleKey month, Map<Integer, Sent> sent, int output, Granularity granularity) {
    jdbc.sql(USAGE_CHANGED)
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("month", Timestamp.from(month.start()))
        .param("partitions", texts(sent.keySet(), partition -> partition))
        .param("output", output)
        .param("granularity", granularity.name())
        .param("ticks", texts(sent.values(), Sent::tick))
        .param("generations", texts(sent.values(), Sent::generation))
        .update();
  }

  /**
   * A fact became known that counts from an instant on. The account is locked, so that whatever is
   * billed meanwhile either knows the fact or is found here.
   */
  public void factChanged(AccountId account, ProductId product, Instant since) {
    jdbc.sql(BEYOND)
        .param("account", account.value())
        .param("product", product.value())
        .param("since", Timestamp.from(since))
        .update();
  }

  /**
   * Cycles were billed after a later one of their month: rated from counters that already contained
   * the later one.
   *
   * @param cycles each with the instant at which its usage was complete
   */
  public void billedOutOfOrder(Map<CycleKey, Instant> cycles) {
    if (cycles.isEmpty()) {
      return;
    }
    Collection<CycleKey> keys = cycles.keySet();
    jdbc.sql(OUT_OF_ORDER)
        .param("accounts", texts(keys, CycleKey::account))
        .param("products", texts(keys, CycleKey::product))
        .param("starts", texts(keys, CycleKey::start))
        .param("ticks", texts(cycles.values(), tick -> tick))
        .update();
  }

  /** Months of some accounts that can be rated, the oldest first. */
  public List<Late> due(Instant upTo, AccountShard part, int limit, Selection selection) {
    return jdbc.sql(
            """
            select l.account_id, l.product_id, l.month_start, max(l.tick) as tick
              from late_usage l join account a using (account_id)
             where a.partition = any(:partitions) and %s
             group by l.account_id, l.product_id, l.month_start
            having max(l.tick) <= :upTo and bool_and(%s)
             order by max(l.tick), l.account_id, l.product_id, l.month_start
             limit :limit
            """
                .formatted(
                    selection.where(
                        WORK, "l.account_id", CycleKey.subjectId("l.product_id", "l.month_start")),
                    COMPLETE))
        .param("upTo", Timestamp.from(upTo))
        .param("partitions", part.partitions(partitions))
        .param("limit", limit)
        .query(
            (row, n) -> new Late(CycleKey.read(row, "month_start"), Columns.instant(row, "tick")))
        .list();
  }

  /** A month was rated with everything that was complete by then; its cycles are locked. */
  public void done(CycleKey month, Instant upTo) {
    jdbc.sql(
            """
            delete from late_usage l
             where account_id = :account and product_id = :product and month_start = :month
               and tick <= :upTo and %s
            """
                .formatted(COMPLETE))
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("month", Timestamp.from(month.start()))
        .param("upTo", Timestamp.from(upTo))
        .update();
  }
}
