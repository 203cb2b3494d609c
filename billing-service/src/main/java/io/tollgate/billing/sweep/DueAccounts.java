package io.tollgate.billing.sweep;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Processes what is due on accounts: reads which unlocked, locks those that are free, looks again,
 * and stores.
 */
@Component
public class DueAccounts {
  /** Each has a penalty, its posting and its event, which are held until the batch is stored. */
  private static final long DEBTS = 20_000;

  private final Transactions transactions;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final int partitions;

  DueAccounts(Transactions transactions, JdbcClient jdbc, Ledger ledger, KafkaSettings kafka) {
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.partitions = kafka.partitions();
  }

  /**
   * Work that falls due by a column of the account.
   *
   * @param work the name of what is done then
   * @param column a column of {@code account}; never from outside
   * @param dueAt what that column says of a locked account
   */
  public record Kind(String work, String column, Function<OpenAccount, Optional<Instant>> dueAt) {
    private String due(Selection selection) {
      return """
      select a.account_id,
             (select count(*) from open_pot p
               where p.account_id = a.account_id and p.sub_account = 'PRINCIPAL') as debts
        from (select account_id, %1$s from account
               where %1$s <= :upTo and partition = any(:partitions) and %2$s
               order by %1$s limit :limit) a
       order by a.%1$s
      """
          .formatted(column, selection.where(work, "account.account_id", "''"));
    }
  }

  /** An account that may be due, and an upper bound of the work. */
  public record Candidate(AccountId account, long debts) {}

  /** Accounts of a shard that may be due: of what there is to do no more than a batch holds. */
  List<Candidate> due(Kind kind, Instant upTo, AccountShard shard, int limit, Selection selection) {
    return transactions.runByKey(
        () -> Bounded.first(DEBTS, read(kind, upTo, shard, limit, selection), Candidate::debts));
  }

  private List<Candidate> read(
      Kind kind, Instant upTo, AccountShard shard, int limit, Selection selection) {
    return jdbc.sql(kind.due(selection))
        .param("upTo", Timestamp.from(upTo))
        .param("partitions", shard.partitions(partitions))
        .param("limit", limit)
        .query((row, n) -> new Candidate(AccountId.of(row.getString(1)), row.getLong(2)))
        .list();
  }

  /**
   * Handles those of the accounts that are free and still due, each with the instant at which it
   * was due.
   */
  int handle(
      Kind kind, Instant upTo, List<Candidate> candidates, BiConsumer<OpenAccount, Instant> work) {
    Set<AccountId> accounts = new TreeSet<>();
    candidates.forEach(candidate -> accounts.add(candidate.account()));
    return transactions.runByKey(() -> handleFree(kind, upTo, accounts, work));
  }

  private int handleFree(
      Kind kind,
      Instant upTo,
      Collection<AccountId> candidates,
      BiConsumer<OpenAccount, Instant> work) {
    List<OpenAccount> own = new ArrayList<>();
    for (OpenAccount account : ledger.lockFree(candidates, upTo).values()) {
      Optional<Instant> due = kind.dueAt().apply(account).filter(at -> !at.isAfter(upTo));
      if (due.isPresent()) {
        work.accept(account, due.get());
        own.add(account);
      }
    }
    ledger.store(own);
    return own.size();
  }
}
