package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.billing.usage.Dimensions;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.jdbc.CopyWriter;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes charge lines and sums what cycles were charged so far. */
@Repository
class JdbcChargeLines {
  private static final String CHARGED =
      """
      select cycle_start, kind, instance_id, coalesce(meter, '') as meter, dimensions, window_start,
             sum(amount) as amount
        from charge_line
       where account_id = :account and product_id = :product
         and cycle_start >= :from and cycle_start < :to
       group by cycle_start, kind, instance_id, meter, dimensions, window_start
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

  /** What the cycles of a month were charged so far, by cycle and line. */
  Map<Instant, Map<ChargeLine.Key, BigDecimal>> charged(CycleKey month, Instant monthEnd) {
    Map<Instant, Map<ChargeLine.Key, BigDecimal>> charged = new HashMap<>();
    jdbc.sql(CHARGED)
        .param("account", month.account().value())
        .param("product", month.product().value())
        .param("from", Timestamp.from(month.start()))
        .param("to", Timestamp.from(monthEnd))
        .query(
            row -> {
              charged
                  .computeIfAbsent(
                      row.getTimestamp("cycle_start").toInstant(), start -> new HashMap<>())
                  .put(
                      new ChargeLine.Key(
                          row.getString("kind"),
                          row.getString("instance_id"),
                          row.getString("meter"),
                          row.getString("dimensions"),
                          row.getTimestamp("window_start").toInstant().toString()),
                      row.getBigDecimal("amount"));
            });
    return charged;
  }
}
