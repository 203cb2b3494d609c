package io.tollgate.billing.money;

/**
 * The parts of a customer's account, each with its place among those that pay a bill and those that
 * money goes to. A posting's sign is the customer's favour: money they have is positive, money they
 * owe is negative.
 */
public enum SubAccount {
  /** Cash the customer has. */
  FUNDS(1, 3),
  /** Minus the credit drawn: neither owed nor bearing penalty. */
  CREDIT(2, 2),
  /** Minus the billed principal that nothing covers. */
  PRINCIPAL(3, 1),
  /** Minus the penalty not yet paid. */
  PENALTY(3, 1);

  private final int placeInDeduction;
  private final int placeInPayment;

  /**
   * @param placeInDeduction which pays first, 1 being the first; what is owed takes the rest
   * @param placeInPayment which money goes to first; what is owed shares a place, bill by bill
   */
  SubAccount(int placeInDeduction, int placeInPayment) {
    this.placeInDeduction = placeInDeduction;
    this.placeInPayment = placeInPayment;
  }

  /** Whether it is owed: that is paid bill by bill. */
  boolean isOwed() {
    return switch (this) {
      case PRINCIPAL, PENALTY -> true;
      case FUNDS, CREDIT -> false;
    };
  }

  int placeInDeduction() {
    return placeInDeduction;
  }

  int placeInPayment() {
    return placeInPayment;
  }
}
