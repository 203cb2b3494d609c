package io.tollgate.billing.settlement;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Comparator;

/**
 * Something that moved an account's money, as its history is replayed. Penalties are none: they
 * follow from the others.
 */
public sealed interface Movement {
  /** The order of effect: by value time, then as booked. */
  Comparator<Movement> BY_VALUE_TIME =
      Comparator.comparing(Movement::valueTime).thenComparingLong(Movement::sequence);

  /** A stable id: what its postings are named after. */
  String cause();

  /** Its place in the order of booking. */
  long sequence();

  /** When it counts. */
  Instant valueTime();

  /**
   * A bill, with what corrections downward have left of it.
   *
   * @param amount not negative
   */
  record Charge(
      String cause, long sequence, Instant valueTime, BillId bill, Money amount, Instant dueAt)
      implements Movement {}

  /** Money that came in, or a bill in the customer's favour. */
  record Receipt(String cause, long sequence, Instant valueTime, Money amount)
      implements Movement {}

  /** A receipt that the channel took back. */
  record Reversal(String cause, long sequence, Instant valueTime, Money amount)
      implements Movement {}

  /** Another credit limit. */
  record CreditLimit(String cause, long sequence, Instant valueTime, Money limit)
      implements Movement {}
}
