package io.tollgate.billing.journal;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores bills, and what corrections take off earlier bills. */
@Repository
class JdbcBills {
  private static final String CORRECT =
      """
      update bill b set corrected = b.corrected - c.amount::numeric
        from unnest(:ids::text[], :bills::text[], :amounts::text[])
          as c (account_id, bill_id, amount)
       where b.account_id = c.account_id and b.bill_id = c.bill_id
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcBills(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  void store(Collection<OpenAccount> accounts) {
    copy.copy(
        "bill",
        "account_id, bill_id, kind, product_id, cycle, period_start, period_end, amount, due_at,"
            + " booked_at, adjusts, rule",
        OfAccount.all(accounts, account -> account.entries().bills()),
        (of, out) -> {
          Bill bill = of.item();
          out.text(of.account().id().value())
              .text(bill.id().value())
              .text(bill.kind().name())
              .text(bill.product().value())
              .text(bill.cycle().name())
              .instant(bill.period().start())
              .instant(bill.period().end())
              .decimal(bill.amount().amount())
              .instant(bill.dueAt())
              .instant(bill.bookedAt())
              .text(bill.adjusts().map(BillId::value).orElse(null))
              .text(Rules.DEDUCTION.value());
        });
    correct(OfAccount.all(accounts, account -> account.entries().takenOff().entrySet()));
  }

  /** Hardly any batch contains corrections. */
  private void correct(List<OfAccount<Map.Entry<BillId, Money>>> takenOff) {
    if (takenOff.isEmpty()) {
      return;
    }
    int updated =
        jdbc.sql(CORRECT)
            .param("ids", SqlArrays.texts(takenOff, of -> of.account().id().value()))
            .param("bills", SqlArrays.texts(takenOff, of -> of.item().getKey().value()))
            .param(
                "amounts",
                SqlArrays.texts(takenOff, of -> of.item().getValue().amount().toPlainString()))
            .update();
    Rows.expect(takenOff.size(), updated, "corrected bills");
  }
}
