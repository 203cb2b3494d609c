package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Debt;
import io.tollgate.billing.money.Draw;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and stores what is unpaid and what is covered by credit, of many accounts at once. */
@Repository
class JdbcOpenItems {
  private static final String DEBTS =
      """
      select d.account_id, d.bill_id, d.due_at, d.principal, d.penalty, b.product_id
        from open_debt d join bill b using (account_id, bill_id)
       where d.account_id = any(:accounts)
      """;
  private static final String DRAWS =
      """
      select account_id, bill_id, drawn_at, amount from credit_draw
       where account_id = any(:accounts)
      """;

  private static final String DELETE_DEBTS =
      """
      delete from open_debt d
       using unnest(:ids::text[], :bills::text[], :times::text[]::timestamptz[])
          as k (account_id, bill_id, due_at)
       where d.account_id = k.account_id and d.bill_id = k.bill_id and d.due_at = k.due_at
      """;
  private static final String UPDATE_DEBTS =
      """
      update open_debt d set principal = k.principal, penalty = k.penalty
        from unnest(:ids::text[], :bills::text[], :times::text[]::timestamptz[],
                    :principals::text[]::numeric[], :penalties::text[]::numeric[])
          as k (account_id, bill_id, due_at, principal, penalty)
       where d.account_id = k.account_id and d.bill_id = k.bill_id and d.due_at = k.due_at
      """;
  private static final String DELETE_DRAWS =
      """
      delete from credit_draw d
       using unnest(:ids::text[], :bills::text[], :times::text[]::timestamptz[])
          as k (account_id, bill_id, drawn_at)
       where d.account_id = k.account_id and d.bill_id = k.bill_id and d.drawn_at = k.drawn_at
      """;
  private static final String UPDATE_DRAWS =
      """
      update credit_draw d set amount = k.amount
        from unnest(:ids::text[], :bills::text[], :times::text[]::timestamptz[],
                    :amounts::text[]::numeric[])
          as k (account_id, bill_id, drawn_at, amount)
       where d.account_id = k.account_id and d.bill_id = k.bill_id and d.drawn_at = k.drawn_at
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcOpenItems(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  /** What is stored of accounts; one that has nothing open has no entry. */
  record OpenItems(
      Map<AccountId, List<Debt>> debts,
      Map<AccountId, Map<BillId, ProductId>> products,
      Map<AccountId, List<Draw>> draws) {

    /** What an account has and owes by them. */
    Balances balances(AccountId account, Money funds, Money creditLimit) {
      return new Balances(
          funds,
          creditLimit,
          draws.getOrDefault(account, List.of()),
          debts.getOrDefault(account, List.of()));
    }
  }

  /**
   * Reads.
   *
   * @param accounts which, with their currencies
   * @param inCredit those that may have drawn credit
   */
  OpenItems read(Map<AccountId, CurrencyCode> accounts, Collection<AccountId> inCredit) {
    OpenItems read = new OpenItems(new HashMap<>(), new HashMap<>(), new HashMap<>());
    jdbc.sql(DEBTS)
        .param("accounts", ids(accounts.keySet()))
        .query(
            row -> {
              AccountId account = AccountId.of(row.getString(1));
              CurrencyCode currency = accounts.get(account);
              if (currency != null) {
                BillId bill = BillId.of(row.getString(2));
                Instant dueAt = row.getTimestamp(3).toInstant();
                Money principal = new Money(row.getBigDecimal(4), currency);
                Money penalty = new Money(row.getBigDecimal(5), currency);
                put(read.debts(), account, new Debt(bill, dueAt, principal, penalty));
                read.products()
                    .computeIfAbsent(account, a -> new HashMap<>())
                    .put(bill, ProductId.of(row.getString(6)));
              }
            });
    if (!inCredit.isEmpty()) {
      jdbc.sql(DRAWS)
          .param("accounts", ids(inCredit))
          .query(
              row -> {
                AccountId account = AccountId.of(row.getString(1));
                CurrencyCode currency = accounts.get(account);
                if (currency != null) {
                  put(
                      read.draws(),
                      account,
                      new Draw(
                          BillId.of(row.getString(2)),
                          row.getTimestamp(3).toInstant(),
                          new Money(row.getBigDecimal(4), currency)));
                }
              });
    }
    return read;
  }

  private static <T> void put(Map<AccountId, List<T>> all, AccountId account, T item) {
    all.computeIfAbsent(account, a -> new ArrayList<>()).add(item);
  }

  private static String[] ids(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).distinct().toArray(String[]::new);
  }

  private record Of<T>(AccountId account, T item) {}

  /** What changed of several accounts, kind by kind. */
  private record All<T>(List<Of<T>> gone, List<Of<T>> changed, List<Of<T>> added) {
    static <T> All<T> of(
        Collection<OpenAccount> accounts, Function<OpenAccount, Changes<T>> changes) {
      All<T> all = new All<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (OpenAccount account : accounts) {
        Changes<T> own = changes.apply(account);
        BiConsumer<List<T>, List<Of<T>>> add =
            (items, to) -> items.forEach(item -> to.add(new Of<>(account.id(), item)));
        add.accept(own.gone(), all.gone());
        add.accept(own.changed(), all.changed());
        add.accept(own.added(), all.added());
      }
      return all;
    }
  }

  /** Stores what changed. */
  void store(Collection<OpenAccount> accounts) {
    storeDebts(All.of(accounts, OpenAccount::debtChanges));
    storeDraws(All.of(accounts, OpenAccount::drawChanges));
  }

  private void storeDebts(All<Debt> debts) {
    delete(DELETE_DEBTS, debts.gone(), Debt::bill, Debt::dueAt);
    if (!debts.changed().isEmpty()) {
      int updated =
          keyed(UPDATE_DEBTS, debts.changed(), Debt::bill, Debt::dueAt)
              .param("principals", texts(debts.changed(), debt -> plain(debt.principal())))
              .param("penalties", texts(debts.changed(), debt -> plain(debt.penalty())))
              .update();
      Rows.expect(debts.changed().size(), updated, "debts changed");
    }
    copy.copy(
        "open_debt",
        "account_id, bill_id, due_at, principal, penalty",
        debts.added(),
        (of, out) ->
            out.text(of.account().value())
                .text(of.item().bill().value())
                .instant(of.item().dueAt())
                .decimal(of.item().principal().amount())
                .decimal(of.item().penalty().amount()));
  }

  private void storeDraws(All<Draw> draws) {
    delete(DELETE_DRAWS, draws.gone(), Draw::bill, Draw::drawnAt);
    if (!draws.changed().isEmpty()) {
      int updated =
          keyed(UPDATE_DRAWS, draws.changed(), Draw::bill, Draw::drawnAt)
              .param("amounts", texts(draws.changed(), draw -> plain(draw.amount())))
              .update();
      Rows.expect(draws.changed().size(), updated, "draws changed");
    }
    copy.copy(
        "credit_draw",
        "account_id, bill_id, drawn_at, amount",
        draws.added(),
        (of, out) ->
            out.text(of.account().value())
                .text(of.item().bill().value())
                .instant(of.item().drawnAt())
                .decimal(of.item().amount().amount()));
  }

  private <T> void delete(
      String sql, List<Of<T>> gone, Function<T, BillId> bill, Function<T, Instant> time) {
    if (!gone.isEmpty()) {
      Rows.expect(gone.size(), keyed(sql, gone, bill, time).update(), "open items closed");
    }
  }

  private <T> JdbcClient.StatementSpec keyed(
      String sql, List<Of<T>> items, Function<T, BillId> bill, Function<T, Instant> time) {
    return jdbc.sql(sql)
        .param("ids", items.stream().map(of -> of.account().value()).toArray(String[]::new))
        .param("bills", texts(items, item -> bill.apply(item).value()))
        .param("times", texts(items, item -> time.apply(item).toString()));
  }

  private static <T> String[] texts(List<Of<T>> items, Function<T, String> value) {
    return items.stream().map(of -> value.apply(of.item())).toArray(String[]::new);
  }

  private static String plain(Money money) {
    return money.amount().toPlainString();
  }
}
