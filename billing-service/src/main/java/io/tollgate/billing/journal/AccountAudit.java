package io.tollgate.billing.journal;

import io.tollgate.billing.journal.JdbcOpenPots.OpenPots;
import io.tollgate.billing.money.Pot;
import io.tollgate.billing.money.Replay;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.setaside.Halving;
import io.tollgate.support.failure.Causes;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays accounts that ever owed something, and says by how much the books differ. */
@Component
public class AccountAudit {
  private static final int BATCH = 500;
  private static final String ACCOUNTS =
      """
      select account_id from account
       where account_id in (select account_id from open_pot
                            union select account_id from penalty_day
                            union select account_id from bill where kind = 'CORRECTION'
                            union select account_id from movement
                             where kind in ('REVERSAL', 'CREDIT_LIMIT'))
       order by account_id
      """;
  private static final String STORED =
      """
      select account_id, currency, accrued_to, funds, credit_limit
        from account where account_id = any(:accounts)
      """;

  private final JdbcClient jdbc;
  private final JdbcPast pasts;
  private final JdbcAccounts stored;
  private final ExcusedDays excusedDays;
  private final JdbcOpenPots openPots;
  private final TransactionTemplate snapshot;

  AccountAudit(
      JdbcClient jdbc,
      JdbcPast pasts,
      JdbcAccounts stored,
      ExcusedDays excusedDays,
      JdbcOpenPots openPots,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.pasts = pasts;
    this.stored = stored;
    this.excusedDays = excusedDays;
    this.openPots = openPots;
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
  }

  /**
   * An account that was replayed.
   *
   * @param account which
   * @param difference by how much its postings and its pots differ from its history, absolute and
   *     summed; 1 when it cannot be replayed
   * @param failure why it cannot be replayed
   */
  public record Finding(AccountId account, BigDecimal difference, Optional<String> failure) {}

  private record Row(AccountId account, Instant accruedTo, Money funds, Money creditLimit) {
    static Row of(ResultSet row) throws SQLException {
      CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
      return new Row(
          AccountId.of(row.getString("account_id")),
          row.getTimestamp("accrued_to").toInstant(),
          new Money(row.getBigDecimal("funds"), currency),
          new Money(row.getBigDecimal("credit_limit"), currency));
    }

    CurrencyCode currency() {
      return funds.currency();
    }
  }

  /** Replays all of them, each in a snapshot. */
  public List<Finding> replayAll() {
    List<Finding> findings = new ArrayList<>();
    List<String> accounts = jdbc.sql(ACCOUNTS).query(String.class).list();
    for (int from = 0; from < accounts.size(); from += BATCH) {
      List<String> batch = accounts.subList(from, Math.min(from + BATCH, accounts.size()));
      findings.addAll(replayOrName(batch));
    }
    return findings;
  }

  /** One that cannot be replayed is a finding of its own, and keeps no other from being audited. */
  private List<Finding> replayOrName(List<String> accounts) {
    return Halving.run(
        "replay",
        accounts,
        some -> Objects.requireNonNull(snapshot.execute(status -> replay(some))),
        (account, failure) ->
            List.of(
                new Finding(
                    AccountId.of(account), BigDecimal.ONE, Optional.of(Causes.brief(failure)))));
  }

  private List<Finding> replay(List<String> accounts) {
    List<Row> rows =
        jdbc.sql(STORED)
            .param("accounts", accounts.toArray(String[]::new))
            .query((row, n) -> Row.of(row))
            .list();
    Map<AccountId, CurrencyCode> currencies =
        rows.stream().collect(Collectors.toMap(Row::account, Row::currency));
    Map<AccountId, Past> past = pasts.ofAll(currencies);
    OpenPots pots = openPots.read(currencies);
    ExcusedDays.Known excused = excusedDays.of(currencies.keySet());
    return rows.stream()
        .map(
            row ->
                new Finding(
                    row.account(),
                    difference(row, Objects.requireNonNull(past.get(row.account())), pots, excused),
                    Optional.empty()))
        .toList();
  }

  private BigDecimal difference(Row row, Past past, OpenPots open, ExcusedDays.Known excused) {
    Replay.Result result =
        new Replay(stored.terms(row.account(), past.products(), excused))
            .run(row.currency(), past.movements(), row.accruedTo());
    Stream<BigDecimal> posted =
        past.differences(result.legs()).values().stream()
            .flatMap(List::stream)
            .map(leg -> leg.amount().amount());
    Map<Pot, Money> pots = new HashMap<>(result.balances().pots());
    open.balances(row.account(), row.funds(), row.creditLimit())
        .pots()
        .forEach((pot, amount) -> pots.merge(pot, amount.negated(), Money::plus));
    return Stream.concat(posted, pots.values().stream().map(Money::amount))
        .map(BigDecimal::abs)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
