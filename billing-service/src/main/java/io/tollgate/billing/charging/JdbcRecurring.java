package io.tollgate.billing.charging;

import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.setaside.Selection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Instances whose cycles have to be opened without usage. */
@Repository
class JdbcRecurring {
  /** What another sweep opens at the same time is left to it; opening again opens nothing. */
  private static final String LOCK =
      """
      select instance_id from instance
       where instance_id = any(:instances) order by instance_id for update skip locked
      """;

  private static final String OPEN =
      """
      insert into billing_cycle (account_id, product_id, cycle_start, cycle_end, month_start,
                                 output_partition, granularity, touched_at)
      values (:account, :product, :start, :end, :month, :output, :granularity, :end)
      on conflict do nothing
      """;

  private final JdbcClient jdbc;

  JdbcRecurring(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** How far the usage of one output partition is complete. */
  record Watermark(int partition, Granularity granularity, Instant closedUpTo) {
    Watermark at(Instant earlier) {
      return new Watermark(partition, granularity, earlier);
    }
  }

  /** An instance, and the time for which its cycles are not opened yet. */
  record Billable(
      InstanceId instance, AccountId account, ProductId product, Instant from, Instant to) {}

  List<Watermark> watermarks(Instant upTo) {
    return jdbc.sql(
            """
            select output_partition, granularity, max(closed_up_to) from usage_watermark
             where tick <= :upTo group by output_partition, granularity
            """)
        .param("upTo", Timestamp.from(upTo))
        .query(
            (row, n) ->
                new Watermark(
                    row.getInt(1),
                    Granularity.valueOf(row.getString(2)),
                    row.getTimestamp(3).toInstant()))
        .list();
  }

  List<Billable> due(
      ProductId product, int partition, Instant complete, int limit, Selection selection) {
    return jdbc.sql(
            """
            select i.instance_id, i.account_id, i.product_id,
                   coalesce(i.recurring_through, i.registered_at) as since,
                   coalesce(i.ended_at, '9999-12-31T00:00:00Z') as until
              from instance i join account a using (account_id)
             where i.product_id = :product and a.partition = :output and i.mode = 'PAY_AS_YOU_GO'
               and coalesce(i.recurring_through, i.registered_at) < :complete
               and (i.ended_at is null
                    or i.ended_at > coalesce(i.recurring_through, i.registered_at))
               and %s
             order by i.instance_id
             limit :limit
            """
                .formatted(selection.where(RecurringSweep.NAME, "i.account_id", "i.instance_id")))
        .param("product", product.value())
        .param("output", partition)
        .param("complete", Timestamp.from(complete))
        .param("limit", limit)
        .query(
            (row, n) ->
                new Billable(
                    InstanceId.of(row.getString("instance_id")),
                    AccountId.of(row.getString("account_id")),
                    ProductId.of(row.getString("product_id")),
                    Columns.instant(row, "since"),
                    Columns.instant(row, "until")))
        .list();
  }

  /** Locks those that nobody else holds. */
  Set<InstanceId> lockFree(List<Billable> instances) {
    return new HashSet<>(
        jdbc.sql(LOCK)
            .param("instances", SqlArrays.texts(instances, each -> each.instance().value()))
            .query((row, n) -> InstanceId.of(row.getString(1)))
            .list());
  }

  void openCycle(Billable instance, Window cycle, Instant monthStart, Watermark watermark) {
    jdbc.sql(OPEN)
        .param("account", instance.account().value())
        .param("product", instance.product().value())
        .param("start", Timestamp.from(cycle.start()))
        .param("end", Timestamp.from(cycle.end()))
        .param("month", Timestamp.from(monthStart))
        .param("output", watermark.partition())
        .param("granularity", watermark.granularity().name())
        .update();
  }

  void openedThrough(Billable instance, Instant complete) {
    Rows.expectOne(
        jdbc.sql("update instance set recurring_through = :through where instance_id = :instance")
            .param("through", Timestamp.from(complete))
            .param("instance", instance.instance().value())
            .update(),
        "opened cycles");
  }
}
