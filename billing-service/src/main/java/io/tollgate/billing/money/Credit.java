package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
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
   * Restores what was drawn.
   *
   * @return how much of what is available it takes
   */
  Money restore(Pot.Drawn pot, Money available) {
    Draw draw = new Draw(pot.bill(), pot.drawnAt(), available);
    Draw old = draws.floor(draw);
    if (old == null || old.compareTo(draw) != 0) {
      return zero;
    }
    Money amount = available.min(old.amount());
    draws.remove(old);
    if (amount.compareTo(old.amount()) < 0) {
      draws.add(old.withAmount(old.amount().minus(amount)));
    }
    drawn = drawn.minus(amount);
    return amount;
  }
}
