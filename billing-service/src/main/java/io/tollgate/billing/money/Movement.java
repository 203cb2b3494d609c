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

  /** Its place in the order of booking, from 1. */
  long sequence();

  /** When it counts. */
  Instant valueTime();

  /**
   * A bill, with what corrections downward have left of it.
   *
   * @param cause a bill
   * @param amount not negative; 0 when nothing is left of it
   * @param dueAt when it falls due, by the payment term in force when it was booked; not before
   *     {@code valueTime}
   */
  record Charge(
      Cause cause, long sequence, Instant valueTime, BillId bill, Money amount, Instant dueAt)
      implements Movement {
    public Charge {
      require(!amount.isNegative(), cause, amount, "it must not be negative");
      require(cause.equals(Cause.bill(bill)), cause, amount, "it is not its bill's");
      require(!dueAt.isBefore(valueTime), cause, amount, "it must not fall due before it counts");
      require(sequence > 0, cause, amount, "movements are numbered from 1");
    }

    /** The same with what a correction downward leaves of it. */
    public Charge less(Money takenOff) {
      return new Charge(cause, sequence, valueTime, bill, amount.minus(takenOff), dueAt);
    }
  }

  /**
   * Money that came in, or a bill in the customer's favour.
   *
   * @param cause of a kind by which money can come in
   * @param amount above 0
   * @param order what of a bill it pays first, as it was in force when it was booked
   */
  record Receipt(Cause cause, long sequence, Instant valueTime, Money amount, AllocationOrder order)
      implements Movement {
    public Receipt {
      require(amount.isPositive(), cause, amount, "it must be above 0");
      require(cause.kind().isOfReceipts(), cause, amount, "no money comes in by its kind");
      require(sequence > 0, cause, amount, "movements are numbered from 1");
    }
  }

  /**
   * Money that came in and is taken back.
   *
   * @param cause of a kind by which money can be taken back
   * @param amount above 0
   */
  record Reversal(Cause cause, long sequence, Instant valueTime, Money amount) implements Movement {
    public Reversal {
      require(amount.isPositive(), cause, amount, "it must be above 0");
      require(cause.kind().isOfReversals(), cause, amount, "nothing is taken back by its kind");
      require(sequence > 0, cause, amount, "movements are numbered from 1");
    }
  }

  /**
   * Another credit limit.
   *
   * @param cause a credit limit
   * @param limit not negative
   */
  record CreditLimit(Cause cause, long sequence, Instant valueTime, Money limit)
      implements Movement {
    public CreditLimit {
      require(!limit.isNegative(), cause, limit, "it must not be negative");
      require(cause.kind() == CauseKind.CREDIT_LIMIT, cause, limit, "it is not a credit limit");
      require(sequence > 0, cause, limit, "movements are numbered from 1");
    }
  }

  private static void require(boolean met, Cause cause, Money amount, String otherwise) {
    if (!met) {
      throw new IllegalArgumentException("%s moves %s; %s".formatted(cause, amount, otherwise));
    }
  }
}
