package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** An account's credit: how much may be drawn, and what is, draw by draw (section 4). */
final class Credit {
  private final Money zero;
  private final TreeSet<Draw> draws;
  private Money limit;
  private Money drawn;

  Credit(Money limit, Collection<Draw> draws) {
    this.zero = Money.zero(limit.currency());
    this.limit = limit;
    this.draws = new TreeSet<>(draws);
    this.drawn = draws.stream().map(Draw::amount).reduce(zero, Money::plus);
  }

  Money limit() {
    return limit;
  }

  /** What is drawn, the oldest draw first. */
  List<Draw> draws() {
    return List.copyOf(draws);
  }

  /** Binds new draws; what is drawn above it stays drawn. */
  void limitTo(Money amount) {
    limit = amount;
  }

  /** What of an amount may still be drawn. */
  private Money roomFor(Money amount) {
    return amount.min(limit.minus(drawn).orZero());
  }

  /**
   * Covers what it can of a bill.
   *
   * @return how much it covers
   */
  Money draw(BillId bill, Money wanted, Instant at) {
    Money amount = roomFor(wanted);
    if (amount.isPositive()) {
      Draw draw = new Draw(bill, at, amount);
      Draw same = draws.floor(draw);
      if (same != null && same.compareTo(draw) == 0) {
        draws.remove(same);
        draw = draw.withAmount(same.amount().plus(amount));
      }
      draws.add(draw);
      drawn = drawn.plus(amount);
    }
    return amount;
  }

  /**
   * Restores the oldest draws first.
   *
   * @return what was restored of each, in that order
   */
  List<Draw> restore(Money available) {
    List<Draw> restored = new ArrayList<>();
    Money rest = available;
    while (rest.isPositive() && !draws.isEmpty()) {
      Draw oldest = draws.removeFirst();
      Money amount = rest.min(oldest.amount());
      if (amount.compareTo(oldest.amount()) < 0) {
        draws.add(oldest.withAmount(oldest.amount().minus(amount)));
      }
      restored.add(oldest.withAmount(amount));
      drawn = drawn.minus(amount);
      rest = rest.minus(amount);
    }
    return restored;
  }
}
