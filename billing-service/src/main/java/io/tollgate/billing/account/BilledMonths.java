package io.tollgate.billing.account;

import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Months that were billed before something was known that changes what they cost. */
@Repository
class BilledMonths {
  private static final String RATE_AGAIN =
      """
      insert into late_usage (account_id, product_id, month_start, p, q, granularity, tick)
      select distinct c.account_id, c.product_id, c.month_start, -1, c.q, c.granularity,
             :since::timestamptz
        from billing_cycle c
       where c.account_id = :account and c.product_id = :product and c.billed
         and c.cycle_end > :since
      on conflict (account_id, product_id, month_start, p) do nothing
      """;

  private final JdbcClient jdbc;

  BilledMonths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Has the billed months of a product rated again that reach beyond an instant. */
  void rateAgain(AccountId account, ProductId product, Instant since) {
    jdbc.sql(RATE_AGAIN)
        .param("account", account.value())
        .param("product", product.value())
        .param("since", Timestamp.from(since))
        .update();
  }
}
