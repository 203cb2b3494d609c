package io.tollgate.billing.charging;

import io.tollgate.billing.journal.MoneyMeters;
import io.tollgate.billing.line.RatingJson;
import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.Dimensions;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.CopyWriter;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes charge lines and sums what cycles have been charged. */
@Repository
class JdbcChargeLines {
  private static final String CHARGED =
      """
      select l.cycle_start, l.kind, l.instance_id, l.meter, l.dimensions, l.window_start,
             l.window_end, l.revision, l.quantity, l.amount, l.rated::text as rated
        from bill b join charge_line l using (account_id, bill_id)
       where b.account_id = :account and b.product_id = :product
         and b.period_start >= :from and b.period_start < :to
       order by b.booked_at, l.bill_id, l.line_no
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;
  private final JdbcUnpricedMeters unpriced;
  private final MoneyMeters meters;

  JdbcChargeLines(
      JdbcClient jdbc, CopyWriter copy, JdbcUnpricedMeters unpriced, MoneyMeters meters) {
    this.meters = meters;
    this.unpriced = unpriced;
    this.jdbc = jdbc;
    this.copy = copy;
  }

  /** How many bills a cycle has. */
  int billsOf(CycleKey cycle) {
    return jdbc.sql(
            """
            select count(*) from bill
             where account_id = :account and product_id = :product and period_start = :start
            """)
        .param("account", cycle.account().value())
        .param("product", cycle.product().value())
        .param("start", Timestamp.from(cycle.start()))
        .query(Integer.class)
        .single();
  }

  /** Writes lines of bills. */
  void write(List<ChargeLine> lines) {
    unpriced.note(lines);
    meters.lines(lines.stream().map(ChargeLine::amount).toList());
    copy.copy(
        "charge_line",
        "account_id, bill_id, line_no, product_id, cycle_start, kind, instance_id, meter,"
            + " dimensions, window_start, window_end, revision, quantity, amount, rated",
        lines,
        (line, out) ->
            out.text(line.cycle().account().value())
                .text(line.bill().value())
                .number(line.number())
                .text(line.cycle().product().value())
                .instant(line.cycle().start())
                .text(line.rated().kind().name())
                .text(line.rated().instance().map(InstanceId::value).orElse(null))
                .text(line.rated().meter().map(MeterKey::value).orElse(null))
                .text(Dimensions.text(line.rated().dimensions()))
                .instant(line.rated().window().start())
                .instant(line.rated().window().end())
                .number(line.rated().revision())
                .decimal(line.rated().quantity())
                .decimal(line.amount().amount())
                .text(RatingJson.write(line.rated().rating())));
  }

  /**
   * The amount that a line has been charged so far.
   *
   * @param amount all bills together
   * @param line the line as last rated
   */
  record Charged(BigDecimal amount, RatedLine line) {
    private Charged then(Charged later) {
      return new Charged(amount.add(later.amount), later.line);
    }
  }

  /** What the cycles of a month were charged so far, by cycle and line. */
  Map<Instant, Map<ChargeLine.Key, Charged>> charged(CycleKey month, Instant monthEnd) {
    Map<Instant, Map<ChargeLine.Key, Charged>> charged = new HashMap<>();
    jdbc.sql(CHARGED)
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("from", Timestamp.from(month.start()))
        .param("to", Timestamp.from(monthEnd))
        .query(
            row -> {
              RatedLine line = line(row);
              charged
                  .computeIfAbsent(
                      Columns.instant(row, "cycle_start"), start -> new LinkedHashMap<>())
                  .merge(
                      ChargeLine.Key.of(line),
                      new Charged(row.getBigDecimal("amount"), line),
                      Charged::then);
            });
    return charged;
  }

  private static RatedLine line(ResultSet row) throws SQLException {
    return new RatedLine(
        RatedLine.Kind.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getString("instance_id")).map(InstanceId::of),
        Optional.ofNullable(row.getString("meter")).map(MeterKey::of),
        Dimensions.of(row.getString("dimensions")),
        new Window(Columns.instant(row, "window_start"), Columns.instant(row, "window_end")),
        row.getInt("revision"),
        row.getBigDecimal("quantity"),
        RatingJson.read(row.getString("rated")));
  }
}
