package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores the checkpoints of accounts. They only save time: without them every recomputation would
 * replay the whole history.
 */
@Repository
class JdbcCheckpoints {
  private static final String LATEST =
      """
      select sequence, value_time, accrued_to, funds, credit_limit from account_checkpoint
       where account_id = :account and sequence < :before and value_time <= :from
         and accrued_to <= :from
       order by sequence desc limit 1
      """;
  private static final String POTS =
      """
      select * from checkpoint_pot
       where account_id = :account and sequence = :sequence
      """;
  private static final String FORGET =
      """
      delete from account_checkpoint c
       using unnest(:ids::text[], :sequences::text[]::bigint[]) as k (account_id, sequence)
       where c.account_id = k.account_id and c.sequence > k.sequence
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcCheckpoints(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  /** The latest checkpoint that contains nothing that may change; the beginning if none does. */
  Checkpoint latest(AccountId account, CurrencyCode currency, Reach reach) {
    return jdbc.sql(LATEST)
        .param("account", account.value())
        .param("before", reach.before())
        .param("from", Timestamp.from(reach.from()))
        .query(
            (row, n) -> {
              long sequence = row.getLong("sequence");
              return new Checkpoint(
                  sequence,
                  Columns.instant(row, "value_time"),
                  Columns.instant(row, "accrued_to"),
                  Balances.of(
                      new Money(row.getBigDecimal("funds"), currency),
                      new Money(row.getBigDecimal("credit_limit"), currency),
                      pots(account, currency, sequence)));
            })
        .optional()
        .orElseGet(() -> Checkpoint.beginning(currency));
  }

  private Map<Pot, Money> pots(AccountId account, CurrencyCode currency, long sequence) {
    Map<Pot, Money> pots = new HashMap<>();
    jdbc.sql(POTS)
        .param("account", account.value())
        .param("sequence", sequence)
        .query(
            row -> {
              pots.put(PotRow.read(row), new Money(row.getBigDecimal("amount"), currency));
            });
    return pots;
  }

  /**
   * Deletes checkpoints that recomputations replaced, and stores new ones; most batches have none.
   */
  void store(Collection<OpenAccount> accounts) {
    List<OfAccount<Entries.Resettled>> resettled =
        OfAccount.all(accounts, account -> account.entries().resettled().stream().toList());
    if (!resettled.isEmpty()) {
      jdbc.sql(FORGET)
          .param("ids", SqlArrays.texts(resettled, of -> of.account().id().value()))
          .param(
              "sequences",
              SqlArrays.texts(resettled, of -> Long.toString(of.item().from().sequence())))
          .update();
    }
    List<OfAccount<Checkpoint>> made = OfAccount.all(accounts, OpenAccount::checkpoints);
    if (made.isEmpty()) {
      return;
    }
    copy.copy(
        "account_checkpoint",
        "account_id, sequence, value_time, accrued_to, funds, credit_limit",
        made,
        (of, out) ->
            out.text(of.account().id().value())
                .number(of.item().sequence())
                .instant(of.item().valueTime())
                .instant(of.item().accruedTo())
                .decimal(of.item().balances().funds().amount())
                .decimal(of.item().balances().creditLimit().amount()));
    copyPots(made);
  }

  private record StoredPot(AccountId account, long sequence, Pot pot, Money amount) {}

  private void copyPots(List<OfAccount<Checkpoint>> made) {
    List<StoredPot> pots = new ArrayList<>();
    for (OfAccount<Checkpoint> of : made) {
      of.item()
          .balances()
          .pots()
          .forEach(
              (pot, amount) -> {
                if (PotRow.isRow(pot)) {
                  pots.add(new StoredPot(of.account().id(), of.item().sequence(), pot, amount));
                }
              });
    }
    copy.copy(
        "checkpoint_pot",
        "account_id, sequence, " + PotRow.COLUMNS,
        pots,
        (stored, out) ->
            PotRow.write(
                stored.pot(),
                stored.amount(),
                out.text(stored.account().value()).number(stored.sequence())));
  }
}
