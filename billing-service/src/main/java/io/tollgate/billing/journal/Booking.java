package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to an account's money, as whoever books it says it. Whether the past has to be
 * recomputed for it is decided by {@link OpenAccount#book}, never by them.
 */
public sealed interface Booking {

  /**
   * A cycle was billed, or costs more than was billed (C2.3.2). It is deducted, or given to the
   * customer where it is negative.
   */
  record Billed(Bill.Draft bill) implements Booking {
    public Billed {
      if (bill.kind() == Bill.Kind.CORRECTION) {
        throw new IllegalArgumentException(bill.id() + " is a correction");
      }
    }
  }

  /**
   * Cycles cost less than was billed. Each correction is taken off its cycle's bills, the newest
   * adjustment first and the original bill last, from the due time of each; what exceeds them is
   * the customer's from booking on (section 5).
   *
   * @param bills the corrections, one of a cycle
   * @param reason why
   */
  record Corrected(List<Bill.Draft> bills, String reason) implements Booking {
    public Corrected {
      if (bills.isEmpty()) {
        throw new IllegalArgumentException("a correction of nothing");
      }
      for (Bill.Draft bill : bills) {
        if (bill.kind() != Bill.Kind.CORRECTION || !bill.amount().isNegative()) {
          throw new IllegalArgumentException(
              "%s of %s is not a downward correction".formatted(bill.id(), bill.amount()));
        }
      }
      bills = List.copyOf(bills);
    }
  }

  /**
   * Money came in. Where it counts earlier than what is booked already, penalties of the days in
   * between are taken back (C2.2).
   *
   * @param amount above 0
   * @param valueTime when it counts, not after it is booked; empty for money that counts when it is
   *     booked
   */
  record Received(Cause cause, Money amount, Optional<Instant> valueTime, RuleId rule)
      implements Booking {
    public Received {
      requirePositive(amount, cause);
    }
  }

  /**
   * Money that had come in is taken back: what it covered is unwound, newest first, and what is
   * then uncovered is owed from booking on, and not before its bill is due (C2.2, C2.3).
   *
   * @param amount above 0
   */
  record TakenBack(Cause cause, Money amount, RuleId rule) implements Booking {
    public TakenBack {
      requirePositive(amount, cause);
    }
  }

  /**
   * Another limit for the credit that may be drawn from now on. What is owed and the limit now
   * covers is drawn at once; what is drawn above a lowered limit stays drawn (section 4).
   *
   * @param limit not negative
   */
  record CreditLimited(Money limit) implements Booking {
    public CreditLimited {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("a credit limit of " + limit);
      }
    }
  }

  /** Natural days ended, each of which costs a penalty on what is owed at its end (C2.3). */
  record DaysEnded() implements Booking {}

  /**
   * Days that are over turn out to cost no penalty (C10.1).
   *
   * @param from when the first of them began
   * @param reason why
   */
  record DaysExcused(Instant from, String reason) implements Booking {}

  private static void requirePositive(Money amount, Cause cause) {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException(cause + " moves " + amount + "; it must be above 0");
    }
  }
}
