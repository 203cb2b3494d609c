package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A part of an account that holds value, or lacks it: funds, a draw on credit, unpaid principal,
 * unpaid penalty. An account is the sum of its pots, and another way to hold value is another kind
 * of pot.
 *
 * <p>Amounts are in the customer's favour, like postings: a debt is negative. Pots are ordered by
 * sub-account, then by age.
 */
public sealed interface Pot extends Comparable<Pot> {
  /** By sub-account, oldest first, then by reference. */
  Comparator<Pot> NATURAL =
      Comparator.comparing(Pot::part).thenComparing(Pot::since).thenComparing(Pot::reference);

  /** The order of deduction: by the place of the sub-account, then the pot that ends first. */
  Comparator<Pot> IN_ORDER_OF_DEDUCTION =
      Comparator.comparingInt((Pot pot) -> pot.part().placeInDeduction())
          .thenComparing(pot -> pot.scope().endsAt())
          .thenComparing(NATURAL);

  /** The sub-account of its postings. */
  SubAccount part();

  /** When it began; for unpaid principal the due time. */
  Instant since();

  /** Tells it from other pots of its sub-account and time: the id of its bill; empty for funds. */
  String reference();

  /** The bill that it concerns; empty for funds. */
  Optional<BillId> concerns();

  /** What it may pay, and until when. */
  Scope scope();

  /** Whether it can hold an amount: of the right sign, and not 0. */
  boolean holds(Money amount);

  /**
   * How much it pays of an amount that is charged.
   *
   * @param wanted the rest of the charge, above 0
   * @param in the amount in it
   * @param creditLeft credit that may still be drawn, 0 or more
   * @return 0 to {@code wanted}
   */
  Money gives(Money wanted, Money in, Money creditLeft);

  /**
   * How much it takes of money that comes in.
   *
   * @param available the rest of the money, 0 or more
   * @param in the amount in it
   * @return 0 to {@code available}
   */
  Money takes(Money available, Money in);

  @Override
  default int compareTo(Pot other) {
    return NATURAL.compare(this, other);
  }

  /** Cash. It pays everything and takes whatever the other pots leave. */
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

  /** A debt for a bill, or a draw on credit: negative until money that comes in fills it up. */
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

    /** Takes on all of the charge: what no other pot pays is owed. */
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
   * A draw on credit, which pays principal and never a penalty (section 4). A bill has several when
   * a reversal or a raised limit draws on credit for it again.
   *
   * @param since when it was drawn; the oldest draw is restored first
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
   * Unpaid principal of a bill (C2.3). A bill has several when a reversed recharge leaves part of
   * it unpaid again after its due time, which is owed from the reversal only (C2.2).
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
   * Unpaid penalty of a bill (C2.3).
   *
   * @param since the due time of the bill's oldest debt when the penalty accrued
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
