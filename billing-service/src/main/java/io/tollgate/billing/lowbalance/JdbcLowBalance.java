package io.tollgate.billing.lowbalance;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.setaside.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores the low-balance notices that accounts have requested, and when each account is checked
 * next.
 */
@Repository
class JdbcLowBalance {
  private final JdbcClient jdbc;

  JdbcLowBalance(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An account that is to be checked, as of an instant. */
  record Due(AccountId account, Instant at, RequestedNotices requested) {}

  /** Accounts to be looked at, the longest due first; not locked. */
  List<AccountId> due(Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            """
            select a.account_id from account a where a.low_balance_due_at <= :upTo and %s
             order by a.low_balance_due_at, a.account_id limit :limit
            """
                .formatted(selection.where(LowBalanceSweep.WORK, "a.account_id", "''")))
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  /** Those of the locked accounts that are still due. */
  Map<AccountId, Due> stillDue(Collection<AccountId> locked, Instant upTo) {
    Map<AccountId, Due> due = new LinkedHashMap<>();
    jdbc.sql(
            """
            select * from account
             where account_id = any(:ids) and low_balance_due_at <= :upTo order by account_id
            """)
        .param("ids", locked.stream().map(AccountId::value).toArray(String[]::new))
        .param("upTo", Timestamp.from(upTo))
        .query(
            row -> {
              AccountId account = AccountId.of(row.getString("account_id"));
              Instant at = row.getTimestamp("low_balance_due_at").toInstant();
              due.put(account, new Due(account, at, requested(row)));
            });
    return due;
  }

  /** What an account asked for; empty when there is no such account. */
  Optional<RequestedNotices> requested(AccountId account) {
    return jdbc.sql("select * from account where account_id = :account")
        .param("account", account.value())
        .query((row, n) -> requested(row))
        .optional();
  }

  /** Funds and undrawn credit as they are booked, not locked; empty when there is no account. */
  Optional<Money> booked(AccountId account) {
    return jdbc.sql(
            """
            select funds + greatest(credit_limit - credit_drawn, 0), currency
              from account_balance where account_id = :account
            """)
        .param("account", account.value())
        .query(
            (row, n) -> new Money(row.getBigDecimal(1), CurrencyCode.of(row.getString("currency"))))
        .optional();
  }

  private static RequestedNotices requested(ResultSet row) throws SQLException {
    CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
    int days = row.getInt("low_balance_forecast_days");
    return new RequestedNotices(
        Optional.ofNullable(row.getBigDecimal("low_balance_threshold"))
            .map(amount -> new Money(amount, currency)),
        days == 0 ? Optional.empty() : Optional.of(days),
        row.getBoolean("low_balance_told"),
        row.getBoolean("low_balance_forecast_told"));
  }

  /** Stores what a locked account asked for, and when to look at it next. */
  void store(AccountId account, RequestedNotices requested, Instant next) {
    Rows.expectOne(
        jdbc.sql(
                """
                update account
                   set low_balance_threshold = :threshold, low_balance_told = :told,
                       low_balance_forecast_days = :days, low_balance_forecast_told = :forecastTold,
                       low_balance_due_at = :next
                 where account_id = :account
                """)
            .param("threshold", requested.threshold().map(Money::amount).orElse(null))
            .param("told", requested.thresholdTold())
            .param("days", requested.forecastDays().orElse(null))
            .param("forecastTold", requested.forecastTold())
            .param("next", requested.isEmpty() ? null : Timestamp.from(next))
            .param("account", account.value())
            .update(),
        "low balance of an account");
  }

  Instant openedAt(AccountId account) {
    return jdbc.sql("select opened_at from account where account_id = :account")
        .param("account", account.value())
        .query((row, n) -> row.getTimestamp(1).toInstant())
        .single();
  }

  /** What cycles of hours and days cost that were billed or adjusted in a time. */
  Money billedByHourAndDay(AccountId account, Instant after, Instant upTo, CurrencyCode currency) {
    return jdbc.sql(
            """
            select coalesce(sum(amount), 0) from bill
             where account_id = :account and booked_at > :after and booked_at <= :upTo
               and cycle in ('HOUR', 'DAY')
            """)
        .param("account", account.value())
        .param("after", Timestamp.from(after))
        .param("upTo", Timestamp.from(upTo))
        .query((row, n) -> new Money(row.getBigDecimal(1), currency))
        .single();
  }
}
