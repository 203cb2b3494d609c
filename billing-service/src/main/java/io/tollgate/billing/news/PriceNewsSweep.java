package io.tollgate.billing.news;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingEvent.PriceChange;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Publishes to each user of a product, once, that its price changes or that a change was withdrawn;
 * in slices, so that a product with many users delays nobody.
 */
@Component
@Order(60)
class PriceNewsSweep extends IsolatedSweep<AccountId> {

  private static final String NAME = "price-news";
  private static final int SLICE = 500;

  /** In the order in which it happened: an account is told of a version before its withdrawal. */
  private static final String TAKE =
      """
      with taken as (
        delete from price_news where account_id = any(:accounts)
        returning account_id, product_id, version, change, effective_from, at, rule)
      select * from taken order by account_id, at, product_id, version, change
      """;

  private final Transactions transactions;
  private final JdbcClient jdbc;
  private final Ledger ledger;

  PriceNewsSweep(Transactions transactions, JdbcClient jdbc, Ledger ledger, Isolation isolation) {
    super(NAME, SLICE, isolation);
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  @Override
  public String lane() {
    return MoneySweep.LANE;
  }

  @Override
  protected Subject subjectOf(AccountId account) {
    return Subject.of(account);
  }

  @Override
  protected int apply(List<AccountId> accounts, Instant upTo) {
    return transactions.run(() -> tell(accounts, upTo));
  }

  @Override
  protected List<AccountId> due(Instant upTo, int limit, Selection selection) {
    return jdbc.sql(
            "select distinct n.account_id from price_news n where "
                + selection.where(NAME, "n.account_id", "''")
                + " order by n.account_id limit :limit")
        .param("limit", limit)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  private int tell(List<AccountId> candidates, Instant upTo) {
    var locked = ledger.lockFree(candidates, upTo);
    List<BillingEvent.PriceChanged> news = take(locked.keySet());
    for (BillingEvent.PriceChanged each : news) {
      OpenAccount account = locked.get(each.account());
      if (account != null) {
        account.publish(each);
      }
    }
    ledger.store(locked.values());
    return news.size();
  }

  private List<BillingEvent.PriceChanged> take(Collection<AccountId> accounts) {
    return jdbc.sql(TAKE)
        .param("accounts", SqlArrays.texts(accounts, AccountId::value))
        .query(
            (row, n) ->
                new BillingEvent.PriceChanged(
                    AccountId.of(row.getString(1)),
                    ProductId.of(row.getString(2)),
                    row.getInt(3),
                    PriceChange.valueOf(row.getString(4)),
                    row.getTimestamp(5).toInstant(),
                    row.getTimestamp(6).toInstant(),
                    new RuleId(row.getString(7))))
        .list();
  }
}
