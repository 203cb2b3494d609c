package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.store.jdbc.Rows;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Takes corrections downward off the bills of a cycle. */
@Repository
class JdbcCorrections {
  private static final String CORRECTABLE =
      """
      select bill_id, amount + corrected as rest from bill
       where account_id = :account and product_id = :product and period_start = :start
         and kind <> 'CORRECTION' and amount + corrected > 0
       order by kind = 'CYCLE', booked_at desc, bill_id desc
      """;

  private final JdbcClient jdbc;

  JdbcCorrections(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Rest(String bill, BigDecimal amount) {}

  /** How many bills a cycle has. */
  int billsOf(CycleKey cycle) {
    return ofCycle(
            """
            select count(*) from bill
             where account_id = :account and product_id = :product and period_start = :start
            """,
            cycle)
        .query(Integer.class)
        .single();
  }

  /**
   * Takes an amount off the cycle's bills: the newest adjustment first, the original last (section
   * 5).
   *
   * @param amount above 0
   * @return what the bills do not bear
   */
  BigDecimal correct(CycleKey cycle, BigDecimal amount) {
    BigDecimal left = amount;
    List<Rest> parts = new ArrayList<>();
    for (Rest bill : correctable(cycle)) {
      BigDecimal part = bill.amount().min(left);
      if (part.signum() > 0) {
        parts.add(new Rest(bill.bill(), part));
        left = left.subtract(part);
      }
    }
    parts.forEach(part -> take(cycle, part));
    return left;
  }

  private List<Rest> correctable(CycleKey cycle) {
    return ofCycle(CORRECTABLE, cycle)
        .query((row, n) -> new Rest(row.getString("bill_id"), row.getBigDecimal("rest")))
        .list();
  }

  private void take(CycleKey cycle, Rest part) {
    Rows.expectOne(
        jdbc.sql(
                """
                update bill set corrected = corrected - :amount
                 where account_id = :account and bill_id = :bill
                """)
            .param("amount", part.amount())
            .param("account", cycle.account().value())
            .param("bill", part.bill())
            .update(),
        "corrected bill");
  }

  private JdbcClient.StatementSpec ofCycle(String sql, CycleKey cycle) {
    return jdbc.sql(sql)
        .param("account", cycle.account().value())
        .param("product", cycle.product().value())
        .param("start", Timestamp.from(cycle.start()));
  }
}
