package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A part of an account in which value lies, or is missing. An account is the sum of its pots: what
 * it has, owes and pays is told by them, so that another way to hold value is another kind of pot.
 *
 * <p>Amounts are in the customer's favour, as postings are. Pots are sorted by part, the oldest
 * first.
 */
public sealed interface Pot extends Comparable<Pot> {
  /** By part, the oldest first; of one instant by what they are of. */
  Comparator<Pot> NATURAL =
      Comparator.comparing(Pot::part).thenComparing(Pot::since).thenComparing(Pot::reference);

  /** Which pays first: by its part's place, of one part whichever ends first. */
  Comparator<Pot> IN_ORDER_OF_DEDUCTION =
      Comparator.comparingInt((Pot pot) -> pot.part().placeInDeduction())
          .thenComparing(pot -> pot.scope().endsAt())
          .thenComparing(NATURAL);

  /** The sub-account that its postings are of. */
  SubAccount part();

  /** Since when value lies or is missing in it. */
  Instant since();

  /** What tells it from others of its part and time: the bill; nothing of funds. */
  String reference();

  /** The bill that it concerns; funds concern none. */
  Optional<BillId> concerns();

  /** What it may pay, and until when. */
  Scope scope();

  /** Whether so much can lie in it. */
  boolean holds(Money amount);

  /**
   * What it gives of what is wanted.
   *
   * @param in what lies in it
   * @param creditLeft credit that may still be drawn
   */
  Money gives(Money wanted, Money in, Money creditLeft);

  /**
   * What it takes of money that comes in.
   *
   * @param in what lies in it
   */
  Money takes(Money available, Money in);

  @Override
  default int compareTo(Pot other) {
    return NATURAL.compare(this, other);
  }

  /** Cash the customer has: the one pot that is always there. It pays everything. */
  record Funds() implements Pot {
    @Override
    public SubAccount part() {
      return SubAccount.FUNDS;
    }

    @Override
    public Instant since() {
      return Instant.MIN;
    }

    @Override
    public String reference() {
      return "";
    }

    @Override
    public Optional<BillId> concerns() {
      return Optional.empty();
    }

    @Override
    public Scope scope() {
      return Scope.EVERYTHING;
    }

    @Override
    public boolean holds(Money amount) {
      return amount.isPositive();
    }

    @Override
    public Money gives(Money wanted, Money in, Money creditLeft) {
      return wanted.min(in);
    }

    @Override
    public Money takes(Money available, Money in) {
      return available;
    }
  }

  /** What is missing for a bill: money that comes in fills it, and no more than that. */
  sealed interface OfBill extends Pot {
    /** The bill. */
    BillId bill();

    @Override
    default String reference() {
      return bill().value();
    }

    @Override
    default Optional<BillId> concerns() {
      return Optional.of(bill());
    }

    @Override
    default boolean holds(Money amount) {
      return amount.isNegative();
    }

    /** What nothing else pays is owed. */
    @Override
    default Money gives(Money wanted, Money in, Money creditLeft) {
      return wanted;
    }

    @Override
    default Money takes(Money available, Money in) {
      return available.min(in.negated());
    }
  }

  /**
   * Credit that covers a bill's principal, and never a penalty. A bill has a second draw when a
   * reversal or a raised limit covers a further part of it later.
   *
   * @param since when it was drawn: the oldest is restored first (section 4)
   */
  record Drawn(BillId bill, Instant since) implements OfBill {
    @Override
    public SubAccount part() {
      return SubAccount.CREDIT;
    }

    @Override
    public Scope scope() {
      return Scope.PRINCIPAL;
    }

    @Override
    public Money gives(Money wanted, Money in, Money creditLeft) {
      return wanted.min(creditLeft);
    }
  }

  /**
   * Principal of a bill that nothing covers. A bill has a second one when a reversed recharge
   * uncovers part of it again: that is owed from the reversal only.
   *
   * @param since when it falls due
   */
  record Principal(BillId bill, Instant since) implements OfBill {
    @Override
    public SubAccount part() {
      return SubAccount.PRINCIPAL;
    }

    @Override
    public Scope scope() {
      return Scope.PRINCIPAL;
    }
  }

  /**
   * Penalty of a bill that is not paid.
   *
   * @param since when the bill's earliest debt fell due that was unpaid when it accrued
   */
  record Penalty(BillId bill, Instant since) implements OfBill {
    @Override
    public SubAccount part() {
      return SubAccount.PENALTY;
    }

    @Override
    public Scope scope() {
      return Scope.PENALTY;
    }
  }
}
