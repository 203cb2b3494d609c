package io.tollgate.billing.money;

import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.RechargeId;
import java.time.LocalDate;

/**
 * What caused a booking. All postings of a cause, also those that a recomputation adds later, have
 * the contra account that its kind names.
 *
 * @param kind what it is
 * @param id which one, unique within the kind and account
 */
public record Cause(CauseKind kind, String id) {
  private static final int MAX_ID = 200;

  public Cause {
    if (id.isBlank() || id.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "the id of a cause has 1 to %d characters: \"%s\"".formatted(MAX_ID, id));
    }
  }

  /** A bill. */
  public static Cause bill(BillId bill) {
    return new Cause(CauseKind.BILL, bill.value());
  }

  /** A day's penalty: the same cause whenever it is computed. */
  public static Cause penaltyDay(BillId bill, LocalDate day) {
    return new Cause(CauseKind.PENALTY_DAY, bill + ":" + day);
  }

  /**
   * A recharge, or what takes it back.
   *
   * @param kind names the channel
   */
  public static Cause recharge(CauseKind kind, RechargeId recharge) {
    return new Cause(kind, recharge.value());
  }

  /**
   * A change of the credit limit.
   *
   * @param sequence the place of its movement in the order of booking
   */
  public static Cause creditLimit(long sequence) {
    return new Cause(CauseKind.CREDIT_LIMIT, Long.toString(sequence));
  }

  /** Money given or taken back by hand. */
  public static Cause adjustment(AdjustmentId adjustment) {
    return new Cause(CauseKind.ADJUSTMENT, adjustment.value());
  }

  /** For messages and reasons, e.g. {@code ALIPAY_RECHARGE r-1}. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
