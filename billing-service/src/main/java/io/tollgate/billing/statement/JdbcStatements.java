package io.tollgate.billing.statement;

import static io.tollgate.store.jdbc.Columns.instant;

import io.tollgate.billing.line.RatingJson;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.Granularity;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.WireMapper;
import io.tollgate.store.jdbc.Listing;
import io.tollgate.support.web.Paging;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads bills, lines and penalties; the account is part of every predicate. */
@Repository
class JdbcStatements {
  private static final String BILLS =
      """
      select b.bill_id, b.kind, b.product_id, b.cycle, b.period_start, b.period_end, b.amount,
             b.corrected, b.due_at, b.booked_at, b.adjusts, b.rule, a.currency,
             coalesce((select -sum(p.amount) from open_pot p
                        where p.account_id = b.account_id and p.sub_account = 'PRINCIPAL'
                          and p.reference = b.bill_id), 0.000000) as unpaid,
             coalesce((select -sum(p.amount) from open_pot p
                        where p.account_id = b.account_id and p.sub_account = 'PENALTY'
                          and p.reference = b.bill_id), 0.000000) as penalty
        from bill b join account a using (account_id)
       where b.account_id = :account
      """;
  private static final String LINES =
      """
      select line_no, product_id, cycle_start, kind, instance_id, meter, dimensions, window_start,
             window_end, revision, quantity, amount, rated
        from charge_line where account_id = :account and bill_id = :bill
      """;

  private final JdbcClient jdbc;

  JdbcStatements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A bill.
   *
   * @param kind CYCLE, ADJUSTMENT (more for an earlier period) or CORRECTION (less)
   * @param amount its lines' sum
   * @param corrected what later corrections took off it, not positive
   * @param unpaid what nothing covers
   * @param penalty its unpaid penalty
   * @param adjusts the bill it adjusts or corrects
   */
  record BillView(
      BillId bill,
      String kind,
      String product,
      String cycle,
      Instant periodStart,
      Instant periodEnd,
      String currency,
      String amount,
      String corrected,
      String unpaid,
      String penalty,
      Instant dueAt,
      Instant bookedAt,
      Optional<String> adjusts,
      String rule) {}

  /** A charge line, with how it was rated. */
  record LineView(
      int number,
      String kind,
      String product,
      Instant cycleStart,
      Optional<String> instance,
      Optional<String> meter,
      JsonNode dimensions,
      Instant windowStart,
      Instant windowEnd,
      int revision,
      String quantity,
      String amount,
      RatingView rated) {}

  /** The usage of a window as currently known. */
  record UsageView(
      Granularity granularity,
      String unit,
      String quantity,
      long eventCount,
      int revision,
      Instant countedAt) {}

  /** A day's penalty on a bill. */
  record PenaltyView(BillId bill, LocalDate day, String principal, String amount) {}

  /** Whether part of a bill is still unpaid. */
  enum BillState {
    UNPAID,
    PAID
  }

  /** A filter of bills; empty fields do not restrict. */
  record BillFilter(Optional<BillState> state, Optional<ProductId> product) {}

  /** Bills, the latest first, before a cursor. */
  List<BillView> bills(AccountId account, BillFilter filter, Paging.Before before, int limit) {
    return Listing.before(
            jdbc.sql(
                BILLS
                    + " and (b.booked_at, b.bill_id) < (:time, :id)"
                    + " and (:product::text is null or b.product_id = :product)"
                    + " and (:unpaid::boolean is null or :unpaid = exists (select from open_pot p"
                    + " where p.account_id = b.account_id and p.reference = b.bill_id"
                    + " and p.sub_account in ('PRINCIPAL', 'PENALTY')))"
                    + " order by b.booked_at desc, b.bill_id desc limit :limit"),
            account,
            before,
            limit)
        .param("product", filter.product().map(ProductId::value).orElse(null))
        .param("unpaid", filter.state().map(state -> state == BillState.UNPAID).orElse(null))
        .query((row, n) -> bill(row))
        .list();
  }

  Optional<BillView> bill(AccountId account, BillId bill) {
    return jdbc.sql(BILLS + " and b.bill_id = :bill")
        .param("account", account.value())
        .param("bill", bill.value())
        .query((row, n) -> bill(row))
        .optional();
  }

  private static BillView bill(ResultSet row) throws SQLException {
    return new BillView(
        BillId.of(row.getString("bill_id")),
        row.getString("kind"),
        row.getString("product_id"),
        row.getString("cycle"),
        instant(row, "period_start"),
        instant(row, "period_end"),
        row.getString("currency"),
        plain(row, "amount"),
        plain(row, "corrected"),
        plain(row, "unpaid"),
        plain(row, "penalty"),
        instant(row, "due_at"),
        instant(row, "booked_at"),
        Optional.ofNullable(row.getString("adjusts")),
        row.getString("rule"));
  }

  /** Lines of a bill after a number. */
  List<LineView> lines(AccountId account, BillId bill, long after, int limit) {
    return jdbc.sql(LINES + " and line_no > :after order by line_no limit :limit")
        .param("account", account.value())
        .param("bill", bill.value())
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> line(row))
        .list();
  }

  private static LineView line(ResultSet row) throws SQLException {
    return new LineView(
        row.getInt("line_no"),
        row.getString("kind"),
        row.getString("product_id"),
        instant(row, "cycle_start"),
        Optional.ofNullable(row.getString("instance_id")),
        Optional.ofNullable(row.getString("meter")),
        WireMapper.mapper().readTree(row.getString("dimensions")),
        instant(row, "window_start"),
        instant(row, "window_end"),
        row.getInt("revision"),
        plain(row, "quantity"),
        plain(row, "amount"),
        RatingView.of(RatingJson.read(row.getString("rated")), row.getBigDecimal("amount")));
  }

  /** Penalties, the latest day first, before a cursor. */
  List<PenaltyView> penalties(AccountId account, LocalDate beforeDay, String beforeId, int limit) {
    return jdbc.sql(
            """
            select bill_id, day, principal, amount from penalty_day
             where account_id = :account and (day, bill_id) < (:day, :id)
             order by day desc, bill_id desc limit :limit
            """)
        .param("account", account.value())
        .param("day", beforeDay)
        .param("id", beforeId)
        .param("limit", limit)
        .query(
            (row, n) ->
                new PenaltyView(
                    BillId.of(row.getString("bill_id")),
                    row.getObject("day", LocalDate.class),
                    plain(row, "principal"),
                    plain(row, "amount")))
        .list();
  }

  /** The window's usage as it is known now, if it still is. */
  Optional<UsageView> usage(AccountId account, LineView line) {
    return jdbc.sql(
            """
            select granularity, unit, quantity, event_count, revision, tick
              from usage_window u
             where u.account_id = :account and u.product_id = :product
               and u.window_start = :start and u.instance_id = :instance and u.meter = :meter
               and u.dimensions::jsonb = :dimensions::jsonb
            """)
        .param("account", account.value())
        .param("product", line.product())
        .param("start", Timestamp.from(line.windowStart()))
        .param("instance", line.instance().orElse(""))
        .param("meter", line.meter().orElse(""))
        .param("dimensions", line.dimensions().toString())
        .query(
            (row, n) ->
                new UsageView(
                    Granularity.valueOf(row.getString("granularity")),
                    row.getString("unit"),
                    plain(row, "quantity"),
                    row.getLong("event_count"),
                    row.getInt("revision"),
                    instant(row, "tick")))
        .optional();
  }

  private static String plain(ResultSet row, String column) throws SQLException {
    BigDecimal value = row.getBigDecimal(column);
    return value.toPlainString();
  }
}
