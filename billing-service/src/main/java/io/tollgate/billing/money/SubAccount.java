package io.tollgate.billing.money;

/**
 * The parts of a customer's account, in which postings are summed up. Amounts are in the customer's
 * favour: what they have is positive, what they owe is negative.
 *
 * <p>Each has a place in the order of deduction, in which pots pay a charge, and in the order of
 * payment, in which money that comes in is distributed (C2.2, section 4).
 */
public enum SubAccount {
  /** Cash, 0 or more. */
  FUNDS(1, 3),
  /** Drawn credit, 0 or less: not owed, and without penalty. */
  CREDIT(2, 2),
  /** Unpaid principal of bills, 0 or less. */
  PRINCIPAL(3, 1),
  /** Unpaid penalty, 0 or less. */
  PENALTY(3, 1);

  private final int placeInDeduction;
  private final int placeInPayment;

  /**
   * @param placeInDeduction 1 pays first; debts come last and take on the rest of a charge
   * @param placeInPayment 1 is paid first; debts share a place, because they are paid bill by bill
   */
  SubAccount(int placeInDeduction, int placeInPayment) {
    this.placeInDeduction = placeInDeduction;
    this.placeInPayment = placeInPayment;
  }

  /** Whether it is a debt, which is paid bill by bill. */
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
