package io.tollgate.billing.statement;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent.LowBalance.Reason;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists accounts with their booked amounts, for operators; each account's own balance has more. */
@RestController
class AccountListController {

  /** As an index of the table says it, so that few are found among many. */
  private static final String LOW = "(low_balance_told or low_balance_forecast_told)";

  private final JdbcClient jdbc;

  AccountListController(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An account and its booked amounts; usage of open cycles is not in them.
   *
   * @param funds cash
   * @param creditLimit how much credit may be drawn
   * @param creditDrawn how much is
   * @param unpaid principal billed and not paid, due or not
   * @param penalty penalty not paid
   * @param arrearsSince when the earliest unpaid bill fell due
   * @param lowBalance why its balance is low, if it asked to be told; as of its last movement or
   *     the last full hour
   */
  record Listed(
      AccountId account,
      CurrencyCode currency,
      Money funds,
      Money creditLimit,
      Money creditDrawn,
      Money unpaid,
      Money penalty,
      Optional<Instant> arrearsSince,
      List<Reason> lowBalance) {}

  @GetMapping("/v1/accounts")
  Page<Listed> list(
      @RequestParam Optional<Boolean> lowBalance,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    return Page.byId(
        limit, cursor, (after, size) -> rows(lowBalance, after, size), Listed::account);
  }

  private List<Listed> rows(Optional<Boolean> lowBalance, String after, int limit) {
    String low = lowBalance.map(wanted -> wanted ? LOW : "not " + LOW).orElse("true");
    return jdbc.sql(
            """
            select * from account_balance where %s and account_id > :after
             order by account_id limit :limit
            """
                .formatted(low))
        .param("after", after)
        .param("limit", limit)
        .query(AccountListController::read)
        .list();
  }

  private static Listed read(ResultSet row, int n) throws SQLException {
    CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
    List<Reason> low = new ArrayList<>();
    if (row.getBoolean("low_balance_told")) {
      low.add(Reason.THRESHOLD);
    }
    if (row.getBoolean("low_balance_forecast_told")) {
      low.add(Reason.FORECAST);
    }
    return new Listed(
        AccountId.of(row.getString("account_id")),
        currency,
        new Money(row.getBigDecimal("funds"), currency),
        new Money(row.getBigDecimal("credit_limit"), currency),
        new Money(row.getBigDecimal("credit_drawn"), currency),
        new Money(row.getBigDecimal("principal"), currency),
        new Money(row.getBigDecimal("penalty"), currency),
        Columns.optionalInstant(row, "arrears_due_at"),
        low);
  }
}
