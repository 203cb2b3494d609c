package io.tollgate.billing.statement;

import io.tollgate.billing.usage.AccruedUsage;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows what an account has, may draw and owes. */
@RestController
class BalanceController {
  private static final String BALANCE =
      """
      select b.*, (select coalesce(-sum(p.amount), 0) from open_pot p
                    where p.account_id = b.account_id and p.sub_account = 'PRINCIPAL'
                      and p.since <= :now) as owed
        from account_balance b where b.account_id = :account
      """;

  private final JdbcClient jdbc;
  private final AccruedUsage accrued;
  private final BusinessClock clock;

  BalanceController(JdbcClient jdbc, AccruedUsage accrued, BusinessClock clock) {
    this.jdbc = jdbc;
    this.accrued = accrued;
    this.clock = clock;
  }

  /**
   * Balances at the business instant {@code at}.
   *
   * @param funds cash
   * @param creditLimit how much credit may be drawn
   * @param creditDrawn how much is
   * @param accrued usage of cycles that are not closed yet, at today's prices
   * @param available funds and undrawn credit less what has accrued
   * @param owed principal past due: above 0 the account is in arrears
   * @param unpaid principal billed and not paid, due or not
   * @param penalty penalty not paid
   * @param arrearsSince when the earliest unpaid bill fell due
   * @param earliestUnpaid that bill
   */
  record Balance(
      AccountId account,
      Instant at,
      CurrencyCode currency,
      Money funds,
      Money creditLimit,
      Money creditDrawn,
      Money accrued,
      Money available,
      Money owed,
      Money unpaid,
      Money penalty,
      Optional<Instant> arrearsSince,
      Optional<BillId> earliestUnpaid) {}

  @GetMapping("/v1/accounts/{account}/balance")
  Balance balance(@PathVariable AccountId account) {
    Instant now = clock.now();
    Balance booked =
        jdbc.sql(BALANCE)
            .param("account", account.value())
            .param("now", Timestamp.from(now))
            .query((row, n) -> read(account, now, row))
            .optional()
            .orElseThrow(() -> ProblemException.notYetKnown(account));
    Money open = accrued.of(account, booked.currency());
    return new Balance(
        account,
        now,
        booked.currency(),
        booked.funds(),
        booked.creditLimit(),
        booked.creditDrawn(),
        open,
        booked.available().minus(open),
        booked.owed(),
        booked.unpaid(),
        booked.penalty(),
        booked.arrearsSince(),
        booked.earliestUnpaid());
  }

  private static Balance read(AccountId account, Instant now, ResultSet row) throws SQLException {
    CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
    Money funds = new Money(row.getBigDecimal("funds"), currency);
    Money limit = new Money(row.getBigDecimal("credit_limit"), currency);
    Money drawn = new Money(row.getBigDecimal("credit_drawn"), currency);
    return new Balance(
        account,
        now,
        currency,
        funds,
        limit,
        drawn,
        Money.zero(currency),
        funds.plus(limit.minus(drawn).orZero()),
        new Money(row.getBigDecimal("owed"), currency),
        new Money(row.getBigDecimal("principal"), currency),
        new Money(row.getBigDecimal("penalty"), currency),
        Columns.optionalInstant(row, "arrears_due_at"),
        Optional.ofNullable(row.getString("arrears_bill_id")).map(BillId::of));
  }
}
