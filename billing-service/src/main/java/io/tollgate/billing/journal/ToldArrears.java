package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What others know of an account's arrears, product by product, so that only a change is said
 * (C2.3, section 6).
 */
final class ToldArrears {
  private static final Comparator<ProductId> BY_NAME = Comparator.comparing(ProductId::value);

  private final AccountId account;
  private final Map<BillId, ProductId> products;
  private final List<Told> before;
  private Map<ProductId, Told> told = new TreeMap<>(BY_NAME);

  /** What is owed for a product, and since when. */
  private record Owing(Told earliest, Money amount) {

    /**
     * Debts come in the order in which they are paid, which need not be that of their due times.
     */
    Owing and(Owing other) {
      boolean earlier = other.earliest.dueAt().isBefore(earliest.dueAt());
      return new Owing(earlier ? other.earliest : earliest, amount.plus(other.amount));
    }
  }

  /**
   * As it was stored.
   *
   * @param products of the bills that are unpaid; bills booked meanwhile are added to it
   */
  ToldArrears(AccountId account, Map<BillId, ProductId> products, Collection<Told> stored) {
    this.account = account;
    this.products = products;
    stored.forEach(each -> told.put(each.product(), each));
    this.before = List.copyOf(told.values());
  }

  /** Products whose arrears began, were re-timed or are cleared since it was last said. */
  List<BillingEvent> changes(Balances balances, Instant at) {
    Map<ProductId, Owing> now = owing(balances, at);
    List<BillingEvent> events = new ArrayList<>();
    for (ProductId product : told.keySet()) {
      if (!now.containsKey(product)) {
        events.add(
            new BillingEvent.ArrearsCleared(
                account, product, balances.penalty(), at, Rules.ARREARS));
      }
    }
    Map<ProductId, Told> earliest = new TreeMap<>(BY_NAME);
    now.forEach(
        (product, owing) -> {
          earliest.put(product, owing.earliest());
          change(owing, at).ifPresent(events::add);
        });
    told = earliest;
    return events;
  }

  private Map<ProductId, Owing> owing(Balances balances, Instant at) {
    Map<ProductId, Owing> owing = new TreeMap<>(BY_NAME);
    balances
        .pots()
        .forEach(
            (pot, amount) -> {
              if (pot instanceof Pot.Principal owed && !owed.since().isAfter(at)) {
                Told told = new Told(productOf(owed.bill()), owed.bill(), owed.since());
                owing.merge(told.product(), new Owing(told, amount.negated()), Owing::and);
              }
            });
    return owing;
  }

  private Optional<BillingEvent> change(Owing owing, Instant at) {
    Told now = owing.earliest();
    Told known = told.get(now.product());
    if (now.equals(known)) {
      return Optional.empty();
    }
    return Optional.of(
        known == null
            ? new BillingEvent.ArrearsBegan(
                account, now.product(), now.bill(), now.dueAt(), owing.amount(), at, Rules.ARREARS)
            : new BillingEvent.ArrearsRetimed(
                account,
                now.product(),
                now.bill(),
                now.dueAt(),
                owing.amount(),
                at,
                Rules.ARREARS));
  }

  private ProductId productOf(BillId bill) {
    ProductId product = products.get(bill);
    if (product == null) {
      throw new IllegalStateException("bill " + bill + " is owed and of no product");
    }
    return product;
  }

  /** What others know now, by product. */
  List<Told> told() {
    return List.copyOf(told.values());
  }

  /** The earliest of all products. */
  Optional<Told> earliest() {
    return told.values().stream().min(Comparator.comparing(Told::dueAt));
  }

  boolean isChanged() {
    return !told().equals(before);
  }
}
