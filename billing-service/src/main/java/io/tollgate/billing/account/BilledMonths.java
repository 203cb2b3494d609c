package io.tollgate.billing.account;

import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Months billed before a fact became known that changes what they cost. */
@Repository
class BilledMonths {
  private static final String RATE_AGAIN =
      """
      insert into late_usage (account_id, product_id, month_start, aggregation_partition,
                              output_partition, granularity, tick)
      select distinct c.account_id, c.product_id, c.month_start, -1, c.output_partition,
             c.granularity,
             :since::timestamptz
        from billing_cycle c
       where c.account_id = :account and c.product_id = :product and c.billed
         and c.cycle_end > :since
      on conflict (account_id, product_id, month_start, aggregation_partition) do nothing
      """;

  private final JdbcClient jdbc;

  BilledMonths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Waits for whoever bills the accounts and keeps everybody else from it until this transaction
   * ends: so what is billed meanwhile either knows what is stored after this, or is found by {@link
   * #rateAgain}.
   *
   * @param accounts all of a batch, which are locked in the order of their keys
   */
  void hold(Collection<AccountId> accounts) {
    var unused =
        jdbc.sql(
                """
                select account_id from account where account_id = any(:accounts)
                 order by account_id for update
                """)
            .param("accounts", accounts.stream().map(AccountId::value).toArray(String[]::new))
            .query(String.class)
            .list();
  }

  /**
   * Has the billed months of a product rated again that reach beyond an instant; call it with the
   * account {@linkplain #hold held}.
   */
  void rateAgain(AccountId account, ProductId product, Instant since) {
    jdbc.sql(RATE_AGAIN)
        .param("account", account.value())
        .param("product", product.value())
        .param("since", Timestamp.from(since))
        .update();
  }
}
