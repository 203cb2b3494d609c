package io.tollgate.billing.journal;

import io.tollgate.billing.journal.JdbcOpenPots.OpenPots;
import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.jdbc.Columns;
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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Locks and reads accounts in the order of their ids; {@link JdbcEntries} stores what is booked on
 * them in the same transaction.
 */
@Repository
class JdbcAccounts {
  private static final String ACCOUNTS =
      """
      select account_id, partition, currency, funds, credit_limit, accrued_to, last_movement_at,
             next_sequence, arrears_bill_id, arrears_due_at,
             coalesce(debt_told_at, last_movement_at) as debt_told_at
        from account where account_id = any(:accounts) order by account_id for update
      """;
  private final JdbcClient jdbc;
  private final BillingCalendar calendar;
  private final Policies policies;
  private final JdbcOpenPots openPots;
  private final JdbcBills bills;
  private final ExcusedDays excusedDays;
  private final JdbcPast pasts;

  JdbcAccounts(
      JdbcClient jdbc,
      BillingCalendar calendar,
      Policies policies,
      JdbcOpenPots openPots,
      JdbcBills bills,
      ExcusedDays excusedDays,
      JdbcPast pasts) {
    this.jdbc = jdbc;
    this.calendar = calendar;
    this.policies = policies;
    this.openPots = openPots;
    this.bills = bills;
    this.excusedDays = excusedDays;
    this.pasts = pasts;
  }

  /** Locks and reads accounts, waiting for each; those that do not exist are left out. */
  Map<AccountId, OpenAccount> lock(Collection<AccountId> accounts, Instant at) {
    return read(accounts, ACCOUNTS, at);
  }

  /** Locks and reads those of the accounts that no other transaction has locked. */
  Map<AccountId, OpenAccount> lockFree(Collection<AccountId> accounts, Instant at) {
    return read(accounts, ACCOUNTS + " skip locked", at);
  }

  /** Locks accounts without reading them, waiting for each. */
  void hold(Collection<AccountId> accounts) {
    var unused =
        jdbc.sql(
                """
                select account_id from account where account_id = any(:accounts)
                 order by account_id for update
                """)
            .param("accounts", ids(accounts))
            .query(String.class)
            .list();
  }

  /** Whether an account exists; does not lock it. */
  boolean exists(AccountId account) {
    return jdbc.sql("select 1 from account where account_id = :account")
        .param("account", account.value())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private Map<AccountId, OpenAccount> read(Collection<AccountId> accounts, String sql, Instant at) {
    if (accounts.isEmpty()) {
      return Map.of();
    }
    AllocationOrder order = policies.value(BillingPolicies.ALLOCATION_ORDER, at).value();
    PenaltyRates rates = rates();
    List<Row> rows =
        jdbc.sql(sql).param("accounts", ids(accounts)).query((row, n) -> Row.of(row)).list();
    ExcusedDays.Known excused = excusedDays.of(rows.stream().map(Row::account).toList());
    OpenPots pots =
        openPots.read(rows.stream().collect(Collectors.toMap(Row::account, Row::currency)));
    Map<AccountId, List<ProductArrears>> published = readPublished(rows);
    Map<AccountId, Map<BillId, ProductId>> unpaid = bills.products(pots, published);
    Map<AccountId, OpenAccount> open = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<BillId, ProductId> products =
          unpaid.computeIfAbsent(row.account(), account -> new HashMap<>());
      PenaltyTerms penalties = terms(row.account(), products, rates, excused);
      StoredAccount stored =
          new StoredAccount(
              row.account(),
              row.partition(),
              new AccountTerms(penalties, order, products),
              pots.balances(row.account(), row.funds(), row.creditLimit()),
              row.progress(),
              new LastPublished(
                  row.debtPublishedTo(), published.getOrDefault(row.account(), List.of())));
      open.put(row.account(), new OpenAccount(stored, pasts));
    }
    return open;
  }

  /** The penalty terms of an account, whose bills are for these products. */
  PenaltyTerms terms(
      AccountId account, Map<BillId, ProductId> products, ExcusedDays.Known excused) {
    return terms(account, products, rates(), excused);
  }

  private PenaltyTerms terms(
      AccountId account,
      Map<BillId, ProductId> products,
      PenaltyRates rates,
      ExcusedDays.Known excused) {
    return new PenaltyTerms(calendar, new AccountRates(account, products, rates, excused));
  }

  private record AccountRates(
      AccountId account,
      Map<BillId, ProductId> products,
      PenaltyRates rates,
      ExcusedDays.Known excused)
      implements PenaltyTerms.Rates {

    @Override
    public BigDecimal on(BillId bill, LocalDate day) {
      return excused.contain(account, day) ? BigDecimal.ZERO : agreed(bill, day);
    }

    @Override
    public BigDecimal agreed(BillId bill, LocalDate day) {
      return rates.on(Optional.ofNullable(products.get(bill)), day);
    }
  }

  /** The penalty rates, each looked up once for all accounts that are read together. */
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

  /** Asks only for accounts in arrears, which most are not. */
  private Map<AccountId, List<ProductArrears>> readPublished(List<Row> rows) {
    Map<AccountId, List<ProductArrears>> published = new HashMap<>();
    List<AccountId> inArrears = rows.stream().filter(Row::inArrears).map(Row::account).toList();
    if (inArrears.isEmpty()) {
      return published;
    }
    jdbc.sql(
            """
            select account_id, product_id, bill_id, due_at from told_arrears
             where account_id = any(:accounts)
            """)
        .param("accounts", ids(inArrears))
        .query(
            row -> {
              published
                  .computeIfAbsent(AccountId.of(row.getString(1)), a -> new ArrayList<>())
                  .add(
                      new ProductArrears(
                          ProductId.of(row.getString(2)),
                          BillId.of(row.getString(3)),
                          row.getTimestamp(4).toInstant()));
            });
    return published;
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
      Instant accruedTo,
      Instant lastMovementAt,
      Instant debtPublishedTo,
      long nextSequence,
      boolean inArrears) {

    Progress progress() {
      return new Progress(accruedTo, lastMovementAt, nextSequence);
    }

    static Row of(ResultSet row) throws SQLException {
      CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
      return new Row(
          AccountId.of(row.getString("account_id")),
          row.getInt("partition"),
          currency,
          new Money(row.getBigDecimal("funds"), currency),
          new Money(row.getBigDecimal("credit_limit"), currency),
          Columns.instant(row, "accrued_to"),
          Columns.instant(row, "last_movement_at"),
          Columns.instant(row, "debt_told_at"),
          row.getLong("next_sequence"),
          row.getString("arrears_bill_id") != null);
    }
  }
}
