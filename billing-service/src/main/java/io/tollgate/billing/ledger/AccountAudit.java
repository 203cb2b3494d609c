package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.AllocationOrder;
import io.tollgate.billing.settlement.Leg;
import io.tollgate.billing.settlement.Replay;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.policy.Policies;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
       where account_id in (select account_id from open_debt
                            union select account_id from penalty_day)
       order by account_id
      """;
  private static final String ACCRUED =
      "select account_id, currency, accrued_to from account where account_id = any(:accounts)";

  private final JdbcClient jdbc;
  private final JdbcPast pasts;
  private final JdbcLedger ledger;
  private final Policies policies;
  private final BusinessClock clock;
  private final TransactionTemplate snapshot;

  AccountAudit(
      JdbcClient jdbc,
      JdbcPast pasts,
      JdbcLedger ledger,
      Policies policies,
      BusinessClock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.pasts = pasts;
    this.ledger = ledger;
    this.policies = policies;
    this.clock = clock;
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
  }

  /**
   * An account that was replayed.
   *
   * @param account which
   * @param difference by how much its postings differ from its history, absolute and summed
   */
  public record Finding(AccountId account, BigDecimal difference) {}

  private record Row(AccountId account, CurrencyCode currency, Instant accruedTo) {}

  /** Replays all of them, each in a snapshot. */
  public List<Finding> replayAll() {
    List<Finding> findings = new ArrayList<>();
    List<String> accounts = jdbc.sql(ACCOUNTS).query(String.class).list();
    for (int from = 0; from < accounts.size(); from += BATCH) {
      List<String> batch = accounts.subList(from, Math.min(from + BATCH, accounts.size()));
      findings.addAll(Objects.requireNonNull(snapshot.execute(status -> replay(batch))));
    }
    return findings;
  }

  private List<Finding> replay(List<String> accounts) {
    List<Row> rows =
        jdbc.sql(ACCRUED)
            .param("accounts", accounts.toArray(String[]::new))
            .query(
                (row, n) ->
                    new Row(
                        AccountId.of(row.getString("account_id")),
                        CurrencyCode.of(row.getString("currency")),
                        row.getTimestamp("accrued_to").toInstant()))
            .list();
    Map<AccountId, Past> past =
        pasts.ofAll(rows.stream().collect(Collectors.toMap(Row::account, Row::currency)));
    AllocationOrder order = policies.value(BillingPolicies.ALLOCATION_ORDER, clock.now()).value();
    return rows.stream()
        .map(
            row ->
                new Finding(
                    row.account(),
                    difference(row, Objects.requireNonNull(past.get(row.account())), order)))
        .toList();
  }

  private BigDecimal difference(Row row, Past past, AllocationOrder order) {
    Replay.Result result =
        new Replay(ledger.terms(past.products()), order)
            .run(row.currency(), past.movements(), row.accruedTo());
    return past.differences(result.legs()).values().stream()
        .flatMap(List::stream)
        .map(Leg::amount)
        .map(amount -> amount.amount().abs())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
