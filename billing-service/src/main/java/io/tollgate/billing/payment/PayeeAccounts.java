package io.tollgate.billing.payment;

import io.tollgate.model.AccountId;
import io.tollgate.model.Quoted;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which payee account is whose: one for an account, for ever, so that no old remittance errs. */
@Repository
class PayeeAccounts {
  private final JdbcClient jdbc;

  PayeeAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Assigns a payee account.
   *
   * @return whether it is new; one that is the account's already stays as it is
   * @throws ProblemException 409 when it is another's, was assigned under another agreement, or the
   *     account has another
   */
  boolean assign(PayeeAccount assigned, String who) {
    int inserted =
        jdbc.sql(
                """
                insert into payee_account (payee, account_id, agreement, assigned_by, assigned_at)
                values (:payee, :account, :agreement, :who, :at) on conflict do nothing
                """)
            .param("payee", assigned.payee())
            .param("account", assigned.account().value())
            .param("agreement", assigned.agreement())
            .param("who", who)
            .param("at", Timestamp.from(assigned.assignedAt()))
            .update();
    if (inserted == 1) {
      return true;
    }
    Optional<PayeeAccount> own = of(assigned.account());
    if (own.isEmpty()) {
      throw ProblemException.conflict(
          "payee-assigned",
          "payee account %s belongs to another account".formatted(assigned.payee()));
    }
    if (!own.get().payee().equals(assigned.payee())) {
      throw ProblemException.conflict(
          "payee-assigned",
          "account %s already has payee account %s"
              .formatted(assigned.account(), own.get().payee()));
    }
    if (!assigned.agreement().isEmpty() && !assigned.agreement().equals(own.get().agreement())) {
      throw ProblemException.conflict(
          "payee-assigned",
          "payee account %s was assigned to account %s under agreement %s"
              .formatted(assigned.payee(), assigned.account(), Quoted.of(own.get().agreement())));
    }
    return false;
  }

  /** Whose a payee account is. */
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
