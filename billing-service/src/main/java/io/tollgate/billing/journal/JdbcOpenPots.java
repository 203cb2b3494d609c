package io.tollgate.billing.journal;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and stores the pots of many accounts at once, of all kinds but funds. */
@Repository
class JdbcOpenPots {
  private static final String READ = "select * from open_pot where account_id = any(:accounts)";

  private static final String DELETE =
      """
      delete from open_pot p
       using unnest(:ids::text[], :parts::text[], :references::text[],
                    :times::text[]::timestamptz[])
          as k (account_id, sub_account, reference, since)
       where p.account_id = k.account_id and p.sub_account = k.sub_account
         and p.reference = k.reference and p.since = k.since
      """;
  private static final String UPDATE =
      """
      update open_pot p set amount = k.amount
        from unnest(:ids::text[], :parts::text[], :references::text[],
                    :times::text[]::timestamptz[], :amounts::text[]::numeric[])
          as k (account_id, sub_account, reference, since, amount)
       where p.account_id = k.account_id and p.sub_account = k.sub_account
         and p.reference = k.reference and p.since = k.since
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcOpenPots(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  /** The amounts in the stored pots of accounts; an account without any has no entry. */
  record OpenPots(Map<AccountId, Map<Pot, Money>> pots) {

    /** The balances of an account with these pots. */
    Balances balances(AccountId account, Money funds, Money creditLimit) {
      return Balances.of(funds, creditLimit, pots.getOrDefault(account, Map.of()));
    }
  }

  /**
   * Reads the pots of accounts.
   *
   * @param accounts the accounts with their currencies
   */
  OpenPots read(Map<AccountId, CurrencyCode> accounts) {
    OpenPots read = new OpenPots(new HashMap<>());
    jdbc.sql(READ)
        .param("accounts", texts(accounts.keySet(), AccountId::value))
        .query(
            row -> {
              AccountId account = AccountId.of(row.getString("account_id"));
              CurrencyCode currency = accounts.get(account);
              if (currency != null) {
                read.pots()
                    .computeIfAbsent(account, a -> new HashMap<>())
                    .put(PotRow.read(row), new Money(row.getBigDecimal("amount"), currency));
              }
            });
    return read;
  }

  private record Row(AccountId account, Pot pot, Money amount) {}

  /** Stores the changes, in at most three statements. */
  void store(Collection<OpenAccount> accounts) {
    List<Row> gone = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    List<Row> added = new ArrayList<>();
    for (OpenAccount account : accounts) {
      Changes changes = account.potChanges();
      changes.gone().forEach((pot, amount) -> gone.add(new Row(account.id(), pot, amount)));
      changes.changed().forEach((pot, amount) -> changed.add(new Row(account.id(), pot, amount)));
      changes.added().forEach((pot, amount) -> added.add(new Row(account.id(), pot, amount)));
    }
    if (!gone.isEmpty()) {
      Rows.expect(gone.size(), keyed(DELETE, gone).update(), "pots that are empty now");
    }
    if (!changed.isEmpty()) {
      int updated =
          keyed(UPDATE, changed)
              .param("amounts", texts(changed, row -> row.amount().amount().toPlainString()))
              .update();
      Rows.expect(changed.size(), updated, "pots that changed");
    }
    copy.copy(
        "open_pot",
        "account_id, " + PotRow.COLUMNS,
        added,
        (row, out) -> PotRow.write(row.pot(), row.amount(), out.text(row.account().value())));
  }

  private JdbcClient.StatementSpec keyed(String sql, List<Row> rows) {
    return jdbc.sql(sql)
        .param("ids", texts(rows, row -> row.account().value()))
        .param("parts", texts(rows, row -> row.pot().part().name()))
        .param("references", texts(rows, row -> row.pot().reference()))
        .param("times", texts(rows, row -> row.pot().since()));
  }
}
