package io.tollgate.billing.money;

import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.RechargeId;
import java.time.LocalDate;

/**
 * What a booking was caused by. Every posting names its cause, also a correction that a
 * recomputation adds later; the kind of the cause determines the contra account. Throws {@link
 * IllegalArgumentException} if the id is blank or too long.
 *
 * @param kind the kind of event
 * @param id identifies it within the account and kind; 1 to 200 characters. Causes are kept for
 *     ever, so ids never change their form
 */
public record Cause(CauseKind kind, String id) {
  private static final int MAX_ID = 200;

  public Cause {
    if (id.isBlank() || id.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "the id of a cause has 1 to %d characters: \"%s\"".formatted(MAX_ID, id));
    }
  }

  /** What a bill, an adjustment or a correction is booked under. */
  public static Cause bill(BillId bill) {
    return new Cause(CauseKind.BILL, bill.value());
  }

  /** The penalty of a bill for a day (C2.3): the same cause whenever it is computed. */
  public static Cause penaltyDay(BillId bill, LocalDate day) {
    return new Cause(CauseKind.PENALTY_DAY, bill + ":" + day);
  }

  /**
   * A recharge or its reversal (C2.2).
   *
   * @param kind the recharge or reversal of a channel
   */
  public static Cause recharge(CauseKind kind, RechargeId recharge) {
    return new Cause(kind, recharge.value());
  }

  /**
   * A change of the credit limit.
   *
   * @param sequence the number of its movement
   */
  public static Cause creditLimit(long sequence) {
    return new Cause(CauseKind.CREDIT_LIMIT, Long.toString(sequence));
  }

  /** Money that an operator granted, or took back. */
  public static Cause adjustment(AdjustmentId adjustment) {
    return new Cause(CauseKind.ADJUSTMENT, adjustment.value());
  }

  /** For messages, e.g. {@code ALIPAY_RECHARGE r-1}. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
