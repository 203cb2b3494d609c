package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An account's arrears as its events last published them, product by product, so that only a change
 * is published (C2.3, section 6).
 */
final class PublishedArrears {
  private static final Comparator<ProductId> BY_NAME = Comparator.comparing(ProductId::value);

  private final AccountId account;
  private final AccountTerms terms;
  private final List<ProductArrears> before;
  private Map<ProductId, ProductArrears> published = new TreeMap<>(BY_NAME);

  /** What is owed for a product, and since when. */
  private record Owing(ProductArrears earliest, Money amount) {

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
   * @param terms with the products of the bills that are unpaid; bills booked meanwhile are added
   */
  PublishedArrears(AccountId account, AccountTerms terms, Collection<ProductArrears> stored) {
    this.account = account;
    this.terms = terms;
    stored.forEach(each -> published.put(each.product(), each));
    this.before = List.copyOf(published.values());
  }

  /** Products whose arrears began, were re-timed or are cleared since they were last published. */
  List<BillingEvent> changes(Balances balances, Instant at) {
    Map<ProductId, Owing> now = owing(balances, at);
    List<BillingEvent> events = new ArrayList<>();
    for (ProductId product : published.keySet()) {
      if (!now.containsKey(product)) {
        events.add(
            new BillingEvent.ArrearsCleared(
                account, product, balances.penalty(), at, Rules.ARREARS));
      }
    }
    Map<ProductId, ProductArrears> earliest = new TreeMap<>(BY_NAME);
    now.forEach(
        (product, owing) -> {
          earliest.put(product, owing.earliest());
          change(owing, at).ifPresent(events::add);
        });
    published = earliest;
    return events;
  }

  private Map<ProductId, Owing> owing(Balances balances, Instant at) {
    Map<ProductId, Owing> owing = new TreeMap<>(BY_NAME);
    balances
        .pots()
        .forEach(
            (pot, amount) -> {
              if (pot instanceof Pot.Principal owed && !owed.since().isAfter(at)) {
                ProductArrears arrears =
                    new ProductArrears(productOf(owed.bill()), owed.bill(), owed.since());
                owing.merge(arrears.product(), new Owing(arrears, amount.negated()), Owing::and);
              }
            });
    return owing;
  }

  private Optional<BillingEvent> change(Owing owing, Instant at) {
    ProductArrears now = owing.earliest();
    ProductArrears known = published.get(now.product());
    if (now.equals(known)) {
      return Optional.empty();
    }
    return Optional.of(
        known == null
            ? new BillingEvent.ArrearsBegan(
                account,
                now.product(),
                now.bill(),
                now.dueAt(),
                owing.amount(),
                Optional.of(penaltyRate(now.bill(), at)),
                at,
                Rules.ARREARS)
            : new BillingEvent.ArrearsRetimed(
                account,
                now.product(),
                now.bill(),
                now.dueAt(),
                owing.amount(),
                at,
                Rules.ARREARS));
  }

  /** The rate of the next natural day, the first that can cost something (C2.3). */
  private BigDecimal penaltyRate(BillId bill, Instant at) {
    PenaltyTerms penalties = terms.penalties();
    return penalties.rates().agreed(bill, penalties.calendar().dateOf(at).plusDays(1));
  }

  private ProductId productOf(BillId bill) {
    ProductId product = terms.products().get(bill);
    if (product == null) {
      throw new IllegalStateException("bill " + bill + " is owed and of no product");
    }
    return product;
  }

  /** What is published now, by product. */
  List<ProductArrears> all() {
    return List.copyOf(published.values());
  }

  /** The earliest of all products. */
  Optional<ProductArrears> earliest() {
    return published.values().stream().min(Comparator.comparing(ProductArrears::dueAt));
  }

  boolean isChanged() {
    return !all().equals(before);
  }
}
