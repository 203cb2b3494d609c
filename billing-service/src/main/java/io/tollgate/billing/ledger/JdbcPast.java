package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.Movement;
import io.tollgate.billing.settlement.SubAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads an account's whole past, for the rare case that it has to be recomputed. */
@Repository
public class JdbcPast {
  private static final String MOVEMENTS =
      """
      select m.cause, m.kind, m.sequence, m.value_time, m.bill_id, m.due_at,
             m.amount + case when m.kind = 'CHARGE' then b.corrected else 0 end as amount
        from movement m left join bill b using (account_id, bill_id)
       where m.account_id = :account order by m.sequence
      """;
  private static final String POSTED =
      """
      select cause, sub_account, bill_id, sum(amount) as amount
        from posting where account_id = :account group by cause, sub_account, bill_id
      """;
  private static final String CONTRAS =
      """
      select distinct cause, contra from posting
       where account_id = :account and contra not in ('REVENUE', 'PENALTY_INCOME')
      """;

  private final JdbcClient jdbc;

  JdbcPast(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The past as it counts now; call it with the account locked. */
  public Past of(AccountId account, CurrencyCode currency) {
    List<Movement> movements =
        jdbc.sql(MOVEMENTS)
            .param("account", account.value())
            .query((row, n) -> movement(row, currency))
            .list();
    Map<String, Map<Past.Part, Money>> booked = new LinkedHashMap<>();
    jdbc.sql(POSTED)
        .param("account", account.value())
        .query(
            row -> {
              Past.Part part =
                  new Past.Part(
                      SubAccount.valueOf(row.getString("sub_account")),
                      Optional.ofNullable(row.getString("bill_id")).map(BillId::of));
              booked
                  .computeIfAbsent(row.getString("cause"), cause -> new LinkedHashMap<>())
                  .put(part, new Money(row.getBigDecimal("amount"), currency));
            });
    Map<String, SystemAccount> contras = new HashMap<>();
    jdbc.sql(CONTRAS)
        .param("account", account.value())
        .query(
            row -> {
              contras.put(row.getString("cause"), SystemAccount.valueOf(row.getString("contra")));
            });
    return new Past(movements, booked, contras, products(account));
  }

  private Map<BillId, ProductId> products(AccountId account) {
    Map<BillId, ProductId> products = new HashMap<>();
    jdbc.sql("select bill_id, product_id from bill where account_id = :account")
        .param("account", account.value())
        .query(
            row -> {
              products.put(BillId.of(row.getString(1)), ProductId.of(row.getString(2)));
            });
    return products;
  }

  private static Movement movement(ResultSet row, CurrencyCode currency) throws SQLException {
    String cause = row.getString("cause");
    long sequence = row.getLong("sequence");
    Instant valueTime = row.getTimestamp("value_time").toInstant();
    Money amount = new Money(row.getBigDecimal("amount"), currency);
    return switch (row.getString("kind")) {
      case "CHARGE" ->
          new Movement.Charge(
              cause,
              sequence,
              valueTime,
              BillId.of(row.getString("bill_id")),
              amount,
              row.getTimestamp("due_at").toInstant());
      case "RECEIPT" -> new Movement.Receipt(cause, sequence, valueTime, amount);
      case "REVERSAL" -> new Movement.Reversal(cause, sequence, valueTime, amount);
      case "CREDIT_LIMIT" -> new Movement.CreditLimit(cause, sequence, valueTime, amount);
      case String other -> throw new IllegalStateException("unknown kind of movement " + other);
    };
  }
}
