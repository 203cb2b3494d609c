package io.tollgate.billing.charging;

import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.Dimensions;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.jdbc.CopyWriter;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes charge lines and sums what cycles were charged so far. */
@Repository
class JdbcChargeLines {
  private static final String CHARGED =
      """
      select l.cycle_start, l.kind, l.instance_id, coalesce(l.meter, '') as meter, l.dimensions,
             l.window_start, l.amount, l.revision, l.rated::text as rated
        from charge_line l join bill b using (account_id, bill_id)
       where l.account_id = :account and l.product_id = :product
         and l.cycle_start >= :from and l.cycle_start < :to
       order by b.booked_at, l.bill_id, l.line_no
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcChargeLines(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  /** Writes lines of bills. */
  void write(List<ChargeLine> lines) {
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
                .text(line.rated().instance().value())
                .text(line.rated().meter().map(Object::toString).orElse(null))
                .text(Dimensions.text(line.rated().dimensions()))
                .instant(line.rated().window().start())
                .instant(line.rated().window().end())
                .number(line.rated().revision())
                .decimal(line.rated().quantity())
                .decimal(line.amount().amount())
                .text(WireMapper.mapper().writeValueAsString(line.rated())));
  }

  /**
   * What a line was charged so far.
   *
   * @param amount all bills together
   * @param revision the usage revision last charged
   * @param rated the line as last rated
   */
  record Charged(BigDecimal amount, int revision, String rated) {
    RatedLine line() {
      return WireMapper.mapper().readValue(rated, RatedLine.class);
    }

    private Charged then(Charged later) {
      return new Charged(amount.add(later.amount), later.revision, later.rated);
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
              ChargeLine.Key key =
                  new ChargeLine.Key(
                      row.getString("kind"),
                      row.getString("instance_id"),
                      row.getString("meter"),
                      row.getString("dimensions"),
                      row.getTimestamp("window_start").toInstant().toString());
              charged
                  .computeIfAbsent(
                      row.getTimestamp("cycle_start").toInstant(), start -> new LinkedHashMap<>())
                  .merge(
                      key,
                      new Charged(
                          row.getBigDecimal("amount"),
                          row.getInt("revision"),
                          row.getString("rated")),
                      Charged::then);
            });
    return charged;
  }
}
