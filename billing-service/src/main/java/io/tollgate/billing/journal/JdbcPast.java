package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the whole past of accounts, for the rare case that it has to be recomputed. */
@Repository
class JdbcPast implements Pasts {
  private static final String MOVEMENTS =
      """
      select m.account_id, m.cause_kind, m.cause_id, m.kind, m.sequence, m.value_time, m.bill_id, m.due_at,
             m.rule, m.allocation,
             m.amount + case when m.kind = 'CHARGE' then b.corrected else 0 end as amount
        from movement m left join bill b using (account_id, bill_id)
       where m.account_id = any(:accounts) order by m.account_id, m.sequence
      """;
  private static final String POSTED =
      """
      select account_id, cause_kind, cause_id, sub_account, bill_id, sum(amount) as amount,
             min(rule) as rule, min(value_time) as value_time
        from posting where account_id = any(:accounts)
       group by account_id, cause_kind, cause_id, sub_account, bill_id
      """;
  private static final String BILLS =
      """
      select account_id, bill_id, kind, product_id, period_start, booked_at,
             amount + corrected as remaining
        from bill where account_id = any(:accounts) and kind <> 'CORRECTION'
      """;

  private final JdbcClient jdbc;

  JdbcPast(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Past of(AccountId account, CurrencyCode currency) {
    return ofAll(Map.of(account, currency)).values().iterator().next();
  }

  /** The pasts of accounts, each in its currency; locked, or read in a snapshot. */
  Map<AccountId, Past> ofAll(Map<AccountId, CurrencyCode> accounts) {
    Map<String, Draft> drafts = new HashMap<>();
    accounts.forEach((account, currency) -> drafts.put(account.value(), new Draft(currency)));
    read(POSTED, drafts, Draft::posted);
    read(MOVEMENTS, drafts, Draft::movement);
    read(BILLS, drafts, Draft::bill);
    Map<AccountId, Past> pasts = new HashMap<>();
    drafts.forEach((account, draft) -> pasts.put(AccountId.of(account), draft.past()));
    return pasts;
  }

  private interface Taking {
    void take(Draft draft, ResultSet row) throws SQLException;
  }

  private void read(String sql, Map<String, Draft> drafts, Taking taking) {
    jdbc.sql(sql)
        .param("accounts", drafts.keySet().toArray(String[]::new))
        .query(
            row -> {
              Draft draft = drafts.get(row.getString("account_id"));
              if (draft != null) {
                taking.take(draft, row);
              }
            });
  }

  /** A past as its rows come. */
  private static final class Draft {
    private final CurrencyCode currency;
    private final List<Movement> movements = new ArrayList<>();
    private final Map<Cause, Map<Past.Part, Money>> booked = new LinkedHashMap<>();
    private final Map<Cause, Origin> origins = new HashMap<>();
    private final List<Past.Charged> bills = new ArrayList<>();

    Draft(CurrencyCode currency) {
      this.currency = currency;
    }

    void movement(ResultSet row) throws SQLException {
      Movement movement = JdbcPast.movement(row, currency);
      movements.add(movement);
      origins.put(
          movement.cause(), new Origin(RuleId.of(row.getString("rule")), movement.valueTime()));
    }

    void posted(ResultSet row) throws SQLException {
      Cause cause = causeOf(row);
      Past.Part part =
          new Past.Part(
              SubAccount.valueOf(row.getString("sub_account")),
              Optional.ofNullable(row.getString("bill_id")).map(BillId::of));
      booked
          .computeIfAbsent(cause, c -> new LinkedHashMap<>())
          .put(part, new Money(row.getBigDecimal("amount"), currency));
      origins.put(
          cause,
          new Origin(RuleId.of(row.getString("rule")), row.getTimestamp("value_time").toInstant()));
    }

    void bill(ResultSet row) throws SQLException {
      bills.add(
          new Past.Charged(
              BillId.of(row.getString("bill_id")),
              Bill.Kind.valueOf(row.getString("kind")),
              ProductId.of(row.getString("product_id")),
              row.getTimestamp("period_start").toInstant(),
              row.getTimestamp("booked_at").toInstant(),
              new Money(row.getBigDecimal("remaining"), currency)));
    }

    Past past() {
      return new Past(movements, booked, origins, bills);
    }
  }

  private static Cause causeOf(ResultSet row) throws SQLException {
    return new Cause(CauseKind.valueOf(row.getString("cause_kind")), row.getString("cause_id"));
  }

  private static Movement movement(ResultSet row, CurrencyCode currency) throws SQLException {
    Cause cause = causeOf(row);
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
      case "RECEIPT" ->
          new Movement.Receipt(
              cause,
              sequence,
              valueTime,
              amount,
              AllocationOrder.valueOf(row.getString("allocation")));
      case "REVERSAL" -> new Movement.Reversal(cause, sequence, valueTime, amount);
      case "CREDIT_LIMIT" -> new Movement.CreditLimit(cause, sequence, valueTime, amount);
      case String other -> throw new IllegalStateException("unknown kind of movement " + other);
    };
  }
}
