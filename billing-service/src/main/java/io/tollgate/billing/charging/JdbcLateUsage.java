package io.tollgate.billing.charging;

import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Billed months whose usage has changed since the bill. */
@Repository
class JdbcLateUsage {
  /** That the aggregation partition of a row {@code l} has said that it is complete. */
  private static final String COMPLETE =
      """
      (l.aggregation_partition = -1
       or exists (select 1 from usage_marker m
                   where m.generation = l.generation
                     and m.aggregation_partition = l.aggregation_partition
                     and m.output_partition = l.output_partition
                     and m.granularity = l.granularity and m.tick >= l.tick))
      """;

  private static final String RATE_AGAIN =
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

  private static final ChargingWork.Query DUE =
      ChargingWork.selected(
          """
          select l.account_id, l.product_id, l.month_start, max(l.tick) as tick
            from late_usage l join account a using (account_id)
           where a.partition = any(:partitions) and %s
           group by l.account_id, l.product_id, l.month_start
          having max(l.tick) <= :upTo and bool_and(COMPLETE)
           order by max(l.tick), l.account_id, l.product_id, l.month_start
           limit :limit
          """
              .replace("COMPLETE", COMPLETE),
          LateUsageSweep.NAME,
          "l.account_id",
          ChargingWork.subject("l.product_id", "l.month_start"));

  private final JdbcClient jdbc;
  private final int partitions;

  JdbcLateUsage(JdbcClient jdbc, KafkaSettings kafka) {
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  /**
   * A month to be rated again.
   *
   * @param month the key's start is the month's
   * @param tick when metering said what changed
   */
  record Late(CycleKey month, Instant tick) {}

  /**
   * Months whose late usage is complete, the oldest first: every aggregation partition that told
   * something new of the month has said that it has told all of it.
   */
  List<Late> due(Instant upTo, AccountShard part, int limit, Selection selection) {
    return jdbc.sql(DUE.of(selection))
        .param("upTo", Timestamp.from(upTo))
        .param("partitions", part.partitions(partitions))
        .param("limit", limit)
        .query(
            (row, n) ->
                new Late(
                    new CycleKey(
                        AccountId.of(row.getString("account_id")),
                        ProductId.of(row.getString("product_id")),
                        row.getTimestamp("month_start").toInstant()),
                    row.getTimestamp("tick").toInstant()))
        .list();
  }

  /**
   * Has months rated again of which cycles were billed after later ones: those were counted from
   * counters that knew more than their time did.
   */
  void rateAgain(List<DueCycle> outOfOrder) {
    if (outOfOrder.isEmpty()) {
      return;
    }
    jdbc.sql(RATE_AGAIN)
        .param("accounts", texts(outOfOrder, cycle -> cycle.key().account()))
        .param("products", texts(outOfOrder, cycle -> cycle.key().product()))
        .param("starts", texts(outOfOrder, cycle -> cycle.key().start()))
        .param("ticks", texts(outOfOrder, DueCycle::closedAt))
        .update();
  }

  private static String[] texts(List<DueCycle> cycles, Function<DueCycle, Object> part) {
    return cycles.stream().map(part).map(Object::toString).toArray(String[]::new);
  }

  /**
   * What changed by then, and was complete, has been rated; call it with the month's cycles locked.
   */
  void done(CycleKey month, Instant upTo) {
    jdbc.sql(
            """
            delete from late_usage l
             where account_id = :account and product_id = :product and month_start = :month
               and tick <= :upTo and
            """
                + COMPLETE)
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("month", Timestamp.from(month.start()))
        .param("upTo", Timestamp.from(upTo))
        .update();
  }
}
