package io.tollgate.billing.money;

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
  PENALTY
}
