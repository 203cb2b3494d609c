package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Movement;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a product cost an account over one cycle, or what a correction of it costs in addition.
 *
 * @param id derived from what it bills, so that it can't be booked twice
 * @param kind what it is
 * @param product the product
 * @param cycle the product's cycle
 * @param period the cycle's window
 * @param amount the sum of its lines; negative when it is in the customer's favour, which an
 *     adjustment never is and a correction always
 * @param bookedAt when it is booked
 * @param dueAt when it falls due: booking plus the product's payment term, never backdated
 * @param adjusts the bill it adjusts or corrects; a cycle's first bill adjusts none
 */
public record Bill(
    BillId id,
    Kind kind,
    ProductId product,
    BillingCycle cycle,
    Window period,
    Money amount,
    Instant bookedAt,
    Instant dueAt,
    Optional<BillId> adjusts) {
  public Bill {
    if (kind.isFirst() == adjusts.isPresent()) {
      throw new IllegalArgumentException(
          "bill %s of kind %s adjusts %s".formatted(id, kind, adjusts));
    }
    if (!kind.allows(amount)) {
      throw new IllegalArgumentException("bill %s of kind %s: %s".formatted(id, kind, amount));
    }
    if (dueAt.isBefore(bookedAt)) {
      throw new IllegalArgumentException(
          "bill %s falls due at %s, before it is booked".formatted(id, dueAt));
    }
  }

  /** What a bill is. */
  public enum Kind {
    /** What a cycle cost. */
    CYCLE,
    /** What an earlier period costs more: a new debt with its own due time. */
    ADJUSTMENT,
    /**
     * What an earlier period costs less: taken off the cycle's bills, each from its own due time;
     * what exceeds them is the customer's at booking.
     */
    CORRECTION;

    /** Whether it is its cycle's first bill, which adjusts none. */
    boolean isFirst() {
      return this == CYCLE;
    }

    private boolean allows(Money amount) {
      return switch (this) {
        case CYCLE -> true;
        case ADJUSTMENT -> !amount.isNegative();
        case CORRECTION -> amount.isNegative();
      };
    }
  }

  /**
   * A bill before it is booked: what follows from booking is left open.
   *
   * @param term from booking to when it falls due, not negative
   */
  public record Draft(
      BillId id,
      Kind kind,
      ProductId product,
      BillingCycle cycle,
      Window period,
      Money amount,
      Duration term,
      Optional<BillId> adjusts) {
    Bill bookedAt(Instant at) {
      return new Bill(id, kind, product, cycle, period, amount, at, at.plus(term), adjusts);
    }
  }

  /** What corrections can be taken off. */
  Past.Charged charged() {
    return new Past.Charged(id, kind, product, period.start(), bookedAt, amount);
  }

  /**
   * What it moves: a charge, or money in the customer's favour.
   *
   * @param sequence its place in the order of booking
   * @param order what money in the customer's favour pays first
   */
  Movement movement(long sequence, AllocationOrder order) {
    return amount.isNegative()
        ? new Movement.Receipt(cause(), sequence, bookedAt, amount.negated(), order)
        : new Movement.Charge(cause(), sequence, bookedAt, id, amount, dueAt);
  }

  /** What its postings bear. */
  Cause cause() {
    return Cause.bill(id);
  }
}
