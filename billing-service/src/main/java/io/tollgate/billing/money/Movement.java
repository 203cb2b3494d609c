package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Comparator;

/**
 * An event in the history of an account's money. Penalties are no movements, because they follow
 * from the others (C2.3).
 *
 * <p>A movement carries the policy that applied when it was booked, so that a later change of
 * policy never changes the past. It never changes either: a correction is another movement, or
 * takes something off a {@link Charge}.
 *
 * <p>Constructors throw IllegalArgumentException for an amount of the wrong sign, or a cause of
 * another kind.
 */
public sealed interface Movement {
  /** The order in which movements take effect: by value time, then by number. */
  Comparator<Movement> BY_VALUE_TIME =
      Comparator.comparing(Movement::valueTime).thenComparingLong(Movement::sequence);

  /** What it was caused by; its postings have the same cause. */
  Cause cause();

  /** Its number: the movements of an account count from 1, in the order of booking. */
  long sequence();

  /** When it takes effect, which may be before it was booked (C2.2). */
  Instant valueTime();

  /**
   * A bill, less what corrections took off it (C2.3.2).
   *
   * @param cause the bill
   * @param amount 0 or more
   * @param dueAt when it falls due, by the payment term when it was booked; not before {@code
   *     valueTime}
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

    /** The same bill after a correction took an amount off it (section 5). */
    public Charge less(Money takenOff) {
      return new Charge(cause, sequence, valueTime, bill, amount.minus(takenOff), dueAt);
    }
  }

  /**
   * Money that came in, or a bill in the customer's favour (C2.2).
   *
   * @param cause of a kind that {@linkplain CauseKind money comes in by}
   * @param amount above 0
   * @param order which part of a bill it pays first, by the policy when it was booked
   */
  record Receipt(Cause cause, long sequence, Instant valueTime, Money amount, AllocationOrder order)
      implements Movement {
    public Receipt {
      require(amount.isPositive(), cause, amount, "it must be above 0");
      require(cause.kind().isOfReceipts(), cause, amount, "no money comes in by its kind");
      require(sequence > 0, cause, amount, "movements are numbered from 1");
    }
  }

  /** From when what a reversal uncovers is owed (C2.2, C2.3). */
  enum Uncovered {
    /** From the reversal on, before the bill is due too: the rule of the first release. */
    FROM_REVERSAL,
    /** From the reversal on, and not before the bill is due. */
    FROM_DUE_TIME
  }

  /**
   * Money that came in and is taken back: by its channel, or by an operator (C2.2).
   *
   * @param cause of a kind that takes money back
   * @param amount above 0
   * @param uncovered from when what it uncovers is owed, by the rule when it was booked
   */
  record Reversal(Cause cause, long sequence, Instant valueTime, Money amount, Uncovered uncovered)
      implements Movement {
    public Reversal {
      require(amount.isPositive(), cause, amount, "it must be above 0");
      require(cause.kind().isOfReversals(), cause, amount, "nothing is taken back by its kind");
      require(sequence > 0, cause, amount, "movements are numbered from 1");
    }

    /** One that is booked now. */
    public Reversal(Cause cause, long sequence, Instant valueTime, Money amount) {
      this(cause, sequence, valueTime, amount, Uncovered.FROM_DUE_TIME);
    }
  }

  /**
   * A change of the credit limit (section 4).
   *
   * @param cause of kind {@link CauseKind#CREDIT_LIMIT}
   * @param limit 0 or more
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
