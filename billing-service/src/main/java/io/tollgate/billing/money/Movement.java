package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Comparator;

/**
 * Something that moved an account's money, as its history is replayed. Penalties are none: they
 * follow from the others.
 *
 * <p>A movement bears what policy decided when it was booked, so that a later change of policy
 * never rewrites what it did.
 */
public sealed interface Movement {
  /** The order of effect: by value time, then as booked. */
  Comparator<Movement> BY_VALUE_TIME =
      Comparator.comparing(Movement::valueTime).thenComparingLong(Movement::sequence);

  /** What caused it: its postings bear the same. */
  Cause cause();

  /** Its place in the order of booking. */
  long sequence();

  /** When it counts. */
  Instant valueTime();

  /**
   * A bill, with what corrections downward have left of it.
   *
   * @param amount not negative; 0 when nothing is left of it
   * @param dueAt when it falls due, by the payment term in force when it was booked
   */
  record Charge(
      Cause cause, long sequence, Instant valueTime, BillId bill, Money amount, Instant dueAt)
      implements Movement {
    public Charge {
      refuseNegative(amount, cause);
    }
  }

  /**
   * Money that came in, or a bill in the customer's favour.
   *
   * @param order what of a bill it pays first, as it was in force when it was booked
   */
  record Receipt(Cause cause, long sequence, Instant valueTime, Money amount, AllocationOrder order)
      implements Movement {
    public Receipt {
      refuseNegative(amount, cause);
    }
  }

  /** A receipt that was taken back. */
  record Reversal(Cause cause, long sequence, Instant valueTime, Money amount) implements Movement {
    public Reversal {
      refuseNegative(amount, cause);
    }
  }

  /** Another credit limit. */
  record CreditLimit(Cause cause, long sequence, Instant valueTime, Money limit)
      implements Movement {
    public CreditLimit {
      refuseNegative(limit, cause);
    }
  }

  private static void refuseNegative(Money amount, Cause cause) {
    if (amount.isNegative()) {
      throw new IllegalArgumentException(cause + " moves " + amount + "; it must not be negative");
    }
  }
}
