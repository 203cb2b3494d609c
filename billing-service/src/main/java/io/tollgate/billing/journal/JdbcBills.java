package io.tollgate.billing.journal;

import io.tollgate.billing.journal.JdbcOpenPots.OpenPots;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores bills and what corrections take off earlier bills, and tells what bills are for. */
@Repository
class JdbcBills {
  private static final String CORRECT =
      """
      update bill b set corrected = b.corrected - c.amount::numeric
        from unnest(:ids::text[], :bills::text[], :amounts::text[])
          as c (account_id, bill_id, amount)
       where b.account_id = c.account_id and b.bill_id = c.bill_id
      """;

  private static final String PRODUCTS =
      """
      select b.account_id, b.bill_id, b.product_id
        from unnest(:ids::text[], :bills::text[]) as k (account_id, bill_id)
        join bill b on b.account_id = k.account_id and b.bill_id = k.bill_id
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;

  JdbcBills(JdbcClient jdbc, CopyWriter copy) {
    this.jdbc = jdbc;
    this.copy = copy;
  }

  void store(Collection<OpenAccount> accounts) {
    copy.copy(
        "bill",
        "account_id, bill_id, kind, product_id, cycle, period_start, period_end, amount, due_at,"
            + " booked_at, adjusts, rule",
        OfAccount.all(accounts, account -> account.entries().bills()),
        (of, out) -> {
          Bill bill = of.item();
          out.text(of.account().id().value())
              .text(bill.id().value())
              .text(bill.kind().name())
              .text(bill.product().value())
              .text(bill.cycle().name())
              .instant(bill.period().start())
              .instant(bill.period().end())
              .decimal(bill.amount().amount())
              .instant(bill.dueAt())
              .instant(bill.bookedAt())
              .text(bill.adjusts().map(BillId::value).orElse(null))
              .text(Rules.DEDUCTION.value());
        });
    correct(OfAccount.all(accounts, account -> account.entries().takenOff().entrySet()));
  }

  /** Hardly any batch contains corrections. */
  private void correct(List<OfAccount<Map.Entry<BillId, Money>>> takenOff) {
    if (takenOff.isEmpty()) {
      return;
    }
    int updated =
        jdbc.sql(CORRECT)
            .param("ids", SqlArrays.texts(takenOff, of -> of.account().id().value()))
            .param("bills", SqlArrays.texts(takenOff, of -> of.item().getKey().value()))
            .param(
                "amounts",
                SqlArrays.texts(takenOff, of -> of.item().getValue().amount().toPlainString()))
            .update();
    Rows.expect(takenOff.size(), updated, "corrected bills");
  }

  private record Key(AccountId account, BillId bill) {}

  /**
   * The products of the bills that are unpaid.
   *
   * @param known the products of some of them, which need not be looked up
   */
  Map<AccountId, Map<BillId, ProductId>> products(
      OpenPots pots, Map<AccountId, List<ProductArrears>> known) {
    Map<AccountId, Map<BillId, ProductId>> products = new HashMap<>();
    known.forEach(
        (account, arrears) ->
            arrears.forEach(
                each ->
                    products
                        .computeIfAbsent(account, a -> new HashMap<>())
                        .put(each.bill(), each.product())));
    Set<Key> unknown = new HashSet<>();
    pots.pots()
        .forEach(
            (account, own) -> {
              Map<BillId, ProductId> of = products.getOrDefault(account, Map.of());
              for (Pot pot : own.keySet()) {
                if (pot instanceof Pot.Principal owed && !of.containsKey(owed.bill())) {
                  unknown.add(new Key(account, owed.bill()));
                }
              }
            });
    if (!unknown.isEmpty()) {
      readProducts(unknown, products);
    }
    return products;
  }

  private void readProducts(
      Collection<Key> bills, Map<AccountId, Map<BillId, ProductId>> products) {
    jdbc.sql(PRODUCTS)
        .param("ids", SqlArrays.texts(bills, key -> key.account().value()))
        .param("bills", SqlArrays.texts(bills, key -> key.bill().value()))
        .query(
            row -> {
              products
                  .computeIfAbsent(AccountId.of(row.getString(1)), account -> new HashMap<>())
                  .put(BillId.of(row.getString(2)), ProductId.of(row.getString(3)));
            });
  }
}
