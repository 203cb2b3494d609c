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
 * The bill of a cycle of an account's product, or a later bill that changes it (C2.3.2, section 4).
 * Throws {@link IllegalArgumentException} if kind, amount, due time and adjusted bill do not fit
 * each other.
 *
 * @param id derived from what it bills, so that the same thing is never billed twice
 * @param kind whether it is the first bill of its cycle, or charges or credits a difference
 * @param product the product
 * @param cycle how long the product's cycles are
 * @param period the cycle
 * @param amount the sum of its lines, negative in the customer's favour: 0 or more for an
 *     adjustment, below 0 for a correction
 * @param bookedAt when it is booked
 * @param dueAt booking plus the product's payment term; never backdated
 * @param adjusts the cycle's first bill; empty for that bill itself
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

  /** How a bill relates to its cycle. */
  public enum Kind {
    /** The first bill of a cycle. */
    CYCLE,
    /** An additional charge for an earlier period: a new debt with its own due time. */
    ADJUSTMENT,
    /**
     * A credit for an earlier period: taken off the cycle's bills, each from its own due time. What
     * exceeds the bills is credited when it is booked (section 5).
     */
    CORRECTION;

    /** Whether it is the first bill of its cycle, which adjusts none. */
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
   * A bill that is not booked yet, and so has no booking time and no due time.
   *
   * @param term the payment term, from booking to the due time; 0 or more
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

  /** The bill as corrections see it, which reduce what is left of it. */
  Past.Charged charged() {
    return new Past.Charged(id, kind, product, period.start(), bookedAt, amount);
  }

  /**
   * Its movement: a charge, or a receipt if it is in the customer's favour.
   *
   * @param sequence the number of the movement
   * @param order which part of a bill a receipt pays first
   */
  Movement movement(long sequence, AllocationOrder order) {
    return amount.isNegative()
        ? new Movement.Receipt(cause(), sequence, bookedAt, amount.negated(), order)
        : new Movement.Charge(cause(), sequence, bookedAt, id, amount, dueAt);
  }

  /** The cause of its postings. */
  Cause cause() {
    return Cause.bill(id);
  }
}
