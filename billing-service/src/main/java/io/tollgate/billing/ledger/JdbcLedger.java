package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.AllocationOrder;
import io.tollgate.billing.settlement.Books;
import io.tollgate.billing.settlement.Debt;
import io.tollgate.billing.settlement.PenaltyTerms;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.support.policy.Policies;
import io.tollgate.support.web.ProblemException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Locks accounts in key order and reads them, inside a transaction; {@link JdbcLedgerWriter} stores
 * what was booked on them.
 */
@Repository
public class JdbcLedger {
  private static final String ACCOUNTS =
      """
      select account_id, partition, currency, funds, credit_limit, credit_drawn, accrued_to,
             last_movement_at, next_sequence, arrears_bill_id, arrears_due_at,
             low_balance_threshold, low_balance_told,
             coalesce(debt_told_at, last_movement_at) as debt_told_at
        from account where account_id = any(:accounts) order by account_id for update
      """;
  private static final String DEBTS =
      """
      select d.account_id, d.bill_id, d.due_at, d.principal, d.penalty, b.product_id
        from open_debt d join bill b using (account_id, bill_id)
       where d.account_id = any(:accounts)
      """;

  private final JdbcClient jdbc;
  private final BillingCalendar calendar;
  private final Policies policies;

  JdbcLedger(JdbcClient jdbc, BillingCalendar calendar, Policies policies) {
    this.jdbc = jdbc;
    this.calendar = calendar;
    this.policies = policies;
  }

  /** Locks and reads accounts, waiting for them; those that do not exist are left out. */
  public Map<AccountId, OpenAccount> lock(Collection<AccountId> accounts, Instant at) {
    return read(accounts, ACCOUNTS, at);
  }

  /** Locks and reads those of the accounts that nobody else holds. */
  public Map<AccountId, OpenAccount> lockFree(Collection<AccountId> accounts, Instant at) {
    return read(accounts, ACCOUNTS + " skip locked", at);
  }

  /**
   * Locks and reads one account.
   *
   * @throws ProblemException 404 when there is none
   */
  public OpenAccount lockOne(AccountId account, Instant at) {
    OpenAccount open = lock(List.of(account), at).get(account);
    if (open == null) {
      throw ProblemException.notFound("account " + account);
    }
    return open;
  }

  private Map<AccountId, OpenAccount> read(Collection<AccountId> accounts, String sql, Instant at) {
    if (accounts.isEmpty()) {
      return Map.of();
    }
    AllocationOrder order = policies.value(BillingPolicies.ALLOCATION_ORDER, at).value();
    PenaltyRates rates = rates();
    List<Row> rows =
        jdbc.sql(sql).param("accounts", ids(accounts)).query((row, n) -> Row.of(row)).list();
    Map<AccountId, List<Debt>> debts = new HashMap<>();
    Map<AccountId, Map<BillId, ProductId>> products = new HashMap<>();
    Map<AccountId, OpenAccount> open = new LinkedHashMap<>();
    Map<AccountId, CurrencyCode> currencies = new HashMap<>();
    rows.forEach(row -> currencies.put(row.account(), row.currency()));
    readDebts(currencies, debts, products);
    Map<AccountId, List<Told>> told = readTold(rows);
    for (Row row : rows) {
      Books books =
          new Books(
              row.funds(),
              row.creditLimit(),
              row.creditDrawn(),
              debts.getOrDefault(row.account(), List.of()),
              order);
      open.put(
          row.account(),
          new OpenAccount(
              row.account(),
              row.partition(),
              calendar,
              rates,
              products.computeIfAbsent(row.account(), account -> new HashMap<>()),
              books,
              row.accruedTo(),
              row.lastMovementAt(),
              row.debtToldAt(),
              row.nextSequence(),
              told.getOrDefault(row.account(), List.of()),
              row.lowBalance()));
    }
    return open;
  }

  /** The penalty's terms for bills of these products. */
  PenaltyTerms terms(Map<BillId, ProductId> products) {
    PenaltyRates rates = rates();
    return new PenaltyTerms(
        calendar, (bill, day) -> rates.on(Optional.ofNullable(products.get(bill)), day));
  }

  /** What a day of a product costs, looked up once for all accounts that are read together. */
  private PenaltyRates rates() {
    Map<ProductDay, BigDecimal> known = new HashMap<>();
    return (product, day) ->
        known.computeIfAbsent(
            new ProductDay(product, day), key -> penaltyRate(key.product(), key.day()));
  }

  private record ProductDay(Optional<ProductId> product, LocalDate day) {}

  private BigDecimal penaltyRate(Optional<ProductId> product, LocalDate day) {
    return policies.value(BillingPolicies.PENALTY_RATE, product, calendar.startOf(day)).value();
  }

  private void readDebts(
      Map<AccountId, CurrencyCode> currencies,
      Map<AccountId, List<Debt>> debts,
      Map<AccountId, Map<BillId, ProductId>> products) {
    jdbc.sql(DEBTS)
        .param("accounts", ids(currencies.keySet()))
        .query(
            row -> {
              AccountId account = AccountId.of(row.getString(1));
              CurrencyCode currency = currencies.get(account);
              if (currency != null) {
                BillId bill = BillId.of(row.getString(2));
                debts
                    .computeIfAbsent(account, a -> new ArrayList<>())
                    .add(
                        new Debt(
                            bill,
                            row.getTimestamp(3).toInstant(),
                            new Money(row.getBigDecimal(4), currency),
                            new Money(row.getBigDecimal(5), currency)));
                products
                    .computeIfAbsent(account, a -> new HashMap<>())
                    .put(bill, ProductId.of(row.getString(6)));
              }
            });
  }

  /** Most accounts are in no arrears, and then nothing is asked. */
  private Map<AccountId, List<Told>> readTold(List<Row> rows) {
    Map<AccountId, List<Told>> told = new HashMap<>();
    List<AccountId> inArrears = rows.stream().filter(Row::inArrears).map(Row::account).toList();
    if (inArrears.isEmpty()) {
      return told;
    }
    jdbc.sql(
            """
            select account_id, product_id, bill_id, due_at from told_arrears
             where account_id = any(:accounts)
            """)
        .param("accounts", ids(inArrears))
        .query(
            row -> {
              told.computeIfAbsent(AccountId.of(row.getString(1)), a -> new ArrayList<>())
                  .add(
                      new Told(
                          ProductId.of(row.getString(2)),
                          BillId.of(row.getString(3)),
                          row.getTimestamp(4).toInstant()));
            });
    return told;
  }

  private static String[] ids(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).distinct().toArray(String[]::new);
  }

  private record Row(
      AccountId account,
      int partition,
      CurrencyCode currency,
      Money funds,
      Money creditLimit,
      Money creditDrawn,
      Instant accruedTo,
      Instant lastMovementAt,
      Instant debtToldAt,
      long nextSequence,
      boolean inArrears,
      LowBalance lowBalance) {

    static Row of(ResultSet row) throws SQLException {
      CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
      return new Row(
          AccountId.of(row.getString("account_id")),
          row.getInt("partition"),
          currency,
          new Money(row.getBigDecimal("funds"), currency),
          new Money(row.getBigDecimal("credit_limit"), currency),
          new Money(row.getBigDecimal("credit_drawn"), currency),
          row.getTimestamp("accrued_to").toInstant(),
          row.getTimestamp("last_movement_at").toInstant(),
          row.getTimestamp("debt_told_at").toInstant(),
          row.getLong("next_sequence"),
          row.getString("arrears_bill_id") != null,
          new LowBalance(
              Optional.ofNullable(row.getBigDecimal("low_balance_threshold"))
                  .map(threshold -> new Money(threshold, currency)),
              row.getBoolean("low_balance_told")));
    }
  }
}
