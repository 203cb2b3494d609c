package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores payee accounts; what is assigned stays for ever, so that no old remittance errs. */
@Repository
class JdbcPayeeAccounts {
  private final JdbcClient jdbc;

  JdbcPayeeAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores one; false if its number is assigned already, or its account has one. */
  boolean insert(PayeeAccount assigned, String who) {
    return jdbc.sql(
                """
                insert into payee_account (payee, account_id, agreement, assigned_by, assigned_at)
                values (:payee, :account, :agreement, :who, :at) on conflict do nothing
                """)
            .param("payee", assigned.payee())
            .param("account", assigned.account().value())
            .param("agreement", assigned.agreement())
            .param("who", who)
            .param("at", Timestamp.from(assigned.assignedAt()))
            .update()
        == 1;
  }

  /** The payee account of a number. */
  Optional<PayeeAccount> find(String payee) {
    return jdbc.sql("select * from payee_account where payee = :payee")
        .param("payee", payee)
        .query((row, n) -> read(row))
        .optional();
  }

  /** The payee account of an account. */
  Optional<PayeeAccount> of(AccountId account) {
    return jdbc.sql("select * from payee_account where account_id = :account")
        .param("account", account.value())
        .query((row, n) -> read(row))
        .optional();
  }

  /** All of them in the order of their numbers, after a cursor. */
  List<PayeeAccount> list(String after, int limit) {
    return jdbc.sql("select * from payee_account where payee > :after order by payee limit :limit")
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> read(row))
        .list();
  }

  private static PayeeAccount read(ResultSet row) throws SQLException {
    return new PayeeAccount(
        row.getString("payee"),
        AccountId.of(row.getString("account_id")),
        row.getString("agreement"),
        Columns.instant(row, "assigned_at"));
  }
}
