package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Movement;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
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
 * @param amount the sum of its lines; negative when it is in the customer's favour
 * @param bookedAt when it is booked
 * @param dueAt when it falls due: booking plus the product's payment term, never backdated
 * @param adjusts the bill it adjusts or corrects
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
    CORRECTION
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
