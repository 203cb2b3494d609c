package io.tollgate.account.accounts;

import io.tollgate.account.lifecycle.Grace.Excused;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.model.event.BillingEvent.ForceMajeureDeclared;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The debts of accounts by product, and the times that do not count towards their grace period;
 * changed under the account's lock.
 */
@Repository
public class JdbcDebtRepository {

  private final JdbcClient jdbc;
  private final BillingCalendar calendar;

  JdbcDebtRepository(JdbcClient jdbc, BillingCalendar calendar) {
    this.jdbc = jdbc;
    this.calendar = calendar;
  }

  /** Remembers since when a product is owed for. */
  public void owes(AccountId account, ProductDebt debt) {
    jdbc.sql(
            """
            insert into product_debt (account, product, due_at, account_wide)
            values (:account, :product, :dueAt, :accountWide)
            on conflict (account, product) do update
               set due_at = excluded.due_at, account_wide = excluded.account_wide
            """)
        .param("account", account.value())
        .param("product", debt.product().value())
        .param("dueAt", Timestamp.from(debt.dueAt()))
        .param("accountWide", debt.accountWide())
        .update();
    showEarliest(account);
  }

  /** Remembers that nothing is owed for a product any more. */
  public void paid(AccountId account, ProductId product) {
    jdbc.sql("delete from product_debt where account = :account and product = :product")
        .param("account", account.value())
        .param("product", product.value())
        .update();
    showEarliest(account);
  }

  private void showEarliest(AccountId account) {
    Rows.expectOne(
        jdbc.sql(
                """
                update account set debt_due_at = (
                         select min(due_at) from product_debt where account = :account)
                 where account = :account
                """)
            .param("account", account.value())
            .update(),
        "debt of an account");
  }

  /** What an account owes, by product. */
  public List<ProductDebt> of(AccountId account) {
    return jdbc.sql(
            """
            select product, due_at, account_wide from product_debt
             where account = :account order by product
            """)
        .param("account", account.value())
        .query(
            (row, n) ->
                new ProductDebt(
                    ProductId.of(row.getString("product")),
                    Columns.instant(row, "due_at"),
                    row.getBoolean("account_wide")))
        .list();
  }

  /** Remembers a time that does not count; the same declaration again replaces it (C10.1). */
  public void excuse(ForceMajeureDeclared declared) {
    jdbc.sql(
            """
            insert into force_majeure (account, declaration, from_at, to_at)
            values (:account, :declaration, :from, :to)
            on conflict (account, declaration) do update
               set from_at = excluded.from_at, to_at = excluded.to_at
            """)
        .param("account", declared.account().value())
        .param("declaration", declared.declaration())
        .param("from", Timestamp.from(declared.from()))
        .param("to", Timestamp.from(declared.to()))
        .update();
  }

  /** Natural days that do not count towards an account's grace; none of what was withdrawn. */
  public List<Excused> excused(AccountId account) {
    return jdbc.sql(
            """
            select from_at, to_at from force_majeure
             where account = :account and from_at < to_at
            """)
        .param("account", account.value())
        .query(
            (row, n) ->
                Excused.daysOf(
                    new Window(Columns.instant(row, "from_at"), Columns.instant(row, "to_at")),
                    calendar))
        .list();
  }
}
