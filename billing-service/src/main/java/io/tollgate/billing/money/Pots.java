package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Instants;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The pots of an account while movements are applied to it. Empty pots are not kept. */
final class Pots {
  private static final Pot.Funds FUNDS = new Pot.Funds();

  private final Money zero;
  private final Map<SubAccount, NavigableMap<Pot, Money>> parts = new EnumMap<>(SubAccount.class);
  private final Map<SubAccount, Money> totals = new EnumMap<>(SubAccount.class);

  Pots(CurrencyCode currency, Map<Pot, Money> stored) {
    this.zero = Money.zero(currency);
    for (SubAccount part : SubAccount.values()) {
      parts.put(part, new TreeMap<>());
      totals.put(part, zero);
    }
    stored.forEach(this::add);
  }

  /** All pots, in their order. */
  Map<Pot, Money> all() {
    Map<Pot, Money> all = new TreeMap<>();
    parts.values().forEach(all::putAll);
    return all;
  }

  /** A copy of the pots of a sub-account, oldest first. */
  Map<Pot, Money> of(SubAccount part) {
    return new TreeMap<>(pots(part));
  }

  /** Hands over each pot of a sub-account, oldest first; they must not be changed meanwhile. */
  void forEach(SubAccount part, BiConsumer<Pot, Money> action) {
    pots(part).forEach(action);
  }

  private NavigableMap<Pot, Money> pots(SubAccount part) {
    return parts.getOrDefault(part, Collections.emptyNavigableMap());
  }

  /** The amount in a pot; 0 if it is empty. */
  Money in(Pot pot) {
    return pots(pot.part()).getOrDefault(pot, zero);
  }

  /** The sum of the pots of a sub-account. */
  Money total(SubAccount part) {
    return totals.getOrDefault(part, zero);
  }

  /** Adds an amount to a pot; a negative one takes something out. */
  void add(Pot pot, Money amount) {
    Money now = in(pot).plus(amount);
    if (now.isZero()) {
      pots(pot.part()).remove(pot);
    } else {
      pots(pot.part()).put(pot, now);
    }
    totals.merge(pot.part(), amount, Money::plus);
  }

  /** When the oldest pot of a sub-account began; {@link Instant#MAX} if there is none. */
  Instant earliest(SubAccount part) {
    return pots(part).isEmpty() ? Instant.MAX : pots(part).firstKey().since();
  }

  /**
   * The pots that pay a charge, first to last: those with something in them, and credit, if their
   * scope covers it; then the pot in which the rest is owed (section 4).
   *
   * @param owed the pot in which the rest is owed
   * @param at when it is charged; a draw on credit is dated by it
   */
  List<Pot> inOrderOfDeduction(Pot.OfBill owed, Instant at) {
    List<Pot> sources = new ArrayList<>();
    sources.add(new Pot.Drawn(owed.bill(), at));
    sources.add(owed);
    for (SubAccount part : SubAccount.values()) {
      if (total(part).isPositive()) {
        sources.addAll(pots(part).keySet());
      }
    }
    sources.removeIf(source -> !source.scope().covers(owed.part(), at));
    sources.sort(Pot.IN_ORDER_OF_DEDUCTION);
    return sources;
  }

  /**
   * The pots that money goes to, first to last: bill by bill, oldest due time first, its principal
   * and its penalty in the given order; then draws on credit, oldest first; then funds, which take
   * the rest (C2.2, section 4).
   */
  List<Pot> inOrderOfPayment(AllocationOrder order) {
    Map<BillId, Instant> owedSince = owedSince();
    List<Pot> pots = new ArrayList<>();
    parts.values().forEach(part -> pots.addAll(part.keySet()));
    if (in(FUNDS).isZero()) {
      pots.add(FUNDS);
    }
    pots.sort(
        Comparator.comparingInt((Pot pot) -> pot.part().placeInPayment())
            .thenComparing(pot -> pot.part().isOwed() ? sinceOf(pot, owedSince) : pot.since())
            .thenComparing(Pot::reference)
            .thenComparing(Pot::part, order.parts())
            .thenComparing(Pot::since));
    return pots;
  }

  private static Instant sinceOf(Pot pot, Map<BillId, Instant> owedSince) {
    return pot.concerns().map(owedSince::get).orElse(pot.since());
  }

  /** The bills with unpaid principal or penalty, each with the time of its oldest debt. */
  Map<BillId, Instant> owedSince() {
    Map<BillId, Instant> since = new HashMap<>();
    for (SubAccount part : SubAccount.values()) {
      if (part.isOwed()) {
        pots(part)
            .keySet()
            .forEach(
                pot ->
                    pot.concerns()
                        .ifPresent(bill -> since.merge(bill, pot.since(), Instants::earlier)));
      }
    }
    return since;
  }
}
