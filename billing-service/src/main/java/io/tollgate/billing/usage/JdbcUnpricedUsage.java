package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.store.setaside.Selection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Usage that arrived before its product was in the catalogue: stored, in no cycle yet. */
@Repository
class JdbcUnpricedUsage {
  /** Stored windows do not say which partition sent them; all of them have been sent. */
  private static final int NO_PARTITION = -1;

  private final JdbcClient jdbc;
  private final JdbcCycleOpening cycles;
  private final BillingCalendar calendar;

  JdbcUnpricedUsage(JdbcClient jdbc, JdbcCycleOpening cycles, BillingCalendar calendar) {
    this.jdbc = jdbc;
    this.cycles = cycles;
    this.calendar = calendar;
  }

  /** Usage of an account for an unknown product, which came by an output partition. */
  record Unpriced(AccountId account, ProductId product, int output) {
    /** The order in which rows are locked. */
    private static final Comparator<Unpriced> BY_KEY =
        Comparator.comparing(Unpriced::account).thenComparing(Unpriced::product);
  }

  /** Notes usage of unknown products that is stored. */
  void note(List<UsageRevision> revisions, int output) {
    Set<Unpriced> unpriced = new TreeSet<>(Unpriced.BY_KEY);
    revisions.forEach(each -> unpriced.add(new Unpriced(each.account(), each.product(), output)));
    for (Unpriced each : unpriced) {
      jdbc.sql(
              """
              insert into unpriced_usage (account_id, product_id, output_partition)
              values (:account, :product, :output) on conflict do nothing
              """)
          .param("account", each.account().value())
          .param("product", each.product().value())
          .param("output", output)
          .update();
    }
  }

  List<Unpriced> due(int limit, Selection selection) {
    return jdbc.sql(
            "select account_id, product_id, output_partition from unpriced_usage u where "
                + selection.where(UnpricedSweep.NAME, "u.account_id", "u.product_id")
                + " order by u.account_id, u.product_id limit :limit")
        .param("limit", limit)
        .query(
            (row, n) ->
                new Unpriced(
                    AccountId.of(row.getString(1)), ProductId.of(row.getString(2)), row.getInt(3)))
        .list();
  }

  /** Opens the cycles of usage whose product is known now; what its cycle does not bill goes. */
  void openCycles(Unpriced unpriced, BillingCycle cycle) {
    of(
            unpriced,
            """
            delete from usage_window
             where account_id = :account and product_id = :product and granularity <> :granularity
            """)
        .param("granularity", cycle.granularity().name())
        .update();
    TouchedCycles touched = new TouchedCycles(calendar);
    of(
            unpriced,
            """
            select window_start, max(tick), count(*) from usage_window
             where account_id = :account and product_id = :product group by window_start
            """)
        .query(
            row -> {
              touched.add(
                  unpriced.account(),
                  unpriced.product(),
                  cycle,
                  row.getTimestamp(1).toInstant(),
                  NO_PARTITION,
                  new Sent(row.getTimestamp(2).toInstant(), ""),
                  row.getLong(3));
            });
    cycles.open(touched.inOrder(), unpriced.output(), cycle.granularity());
    of(unpriced, "delete from unpriced_usage where account_id = :account and product_id = :product")
        .update();
  }

  private JdbcClient.StatementSpec of(Unpriced unpriced, String sql) {
    return jdbc.sql(sql)
        .param("account", unpriced.account().value())
        .param("product", unpriced.product().value());
  }
}
