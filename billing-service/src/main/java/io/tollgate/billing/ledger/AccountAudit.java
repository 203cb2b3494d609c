package io.tollgate.billing.ledger;

import io.tollgate.billing.settlement.AllocationOrder;
import io.tollgate.billing.settlement.Leg;
import io.tollgate.billing.settlement.Replay;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.support.clock.BusinessClock;
import io.tollgate.support.policy.Policies;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays accounts that ever owed something, and says by how much the books differ. */
@Component
public class AccountAudit {
  private static final String ACCOUNTS =
      """
      select account_id, currency from account
       where account_id in (select account_id from open_debt
                            union select account_id from penalty_day)
       order by account_id
      """;

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

  private record Row(AccountId account, CurrencyCode currency) {}

  /** Replays all of them, each in a snapshot of its own. */
  public List<Finding> replayAll() {
    List<Finding> findings = new ArrayList<>();
    for (Row row : rows()) {
      findings.add(
          new Finding(
              row.account(), Objects.requireNonNull(snapshot.execute(status -> difference(row)))));
    }
    return findings;
  }

  private List<Row> rows() {
    return jdbc.sql(ACCOUNTS)
        .query(
            (row, n) -> new Row(AccountId.of(row.getString(1)), CurrencyCode.of(row.getString(2))))
        .list();
  }

  private BigDecimal difference(Row row) {
    Instant accruedTo =
        jdbc.sql("select accrued_to from account where account_id = :account")
            .param("account", row.account().value())
            .query(Timestamp.class)
            .single()
            .toInstant();
    Past past = pasts.of(row.account(), row.currency());
    AllocationOrder order = policies.value(BillingPolicies.ALLOCATION_ORDER, clock.now()).value();
    Replay.Result result =
        new Replay(ledger.terms(past.products()), order)
            .run(row.currency(), past.movements(), accruedTo);
    return past.differences(result.legs()).values().stream()
        .flatMap(List::stream)
        .map(Leg::amount)
        .map(amount -> amount.amount().abs())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
