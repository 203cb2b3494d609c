package io.tollgate.billing.money;

import java.util.List;

/**
 * The parts of a customer's account. A posting's sign is the customer's favour: money they have is
 * positive, money they owe is negative.
 */
public enum SubAccount {
  /** Cash the customer has. */
  FUNDS,
  /** Minus the credit drawn: neither owed nor bearing penalty. */
  CREDIT,
  /** Minus the billed principal that nothing covers. */
  PRINCIPAL,
  /** Minus the penalty not yet paid. */
  PENALTY;

  /** What a bill is taken from, by priority; principal takes whatever remains (section 4). */
  static final List<SubAccount> IN_ORDER_OF_DEDUCTION = List.of(FUNDS, CREDIT, PRINCIPAL);
}
