package io.tollgate.billing.rating;

/** The period that a counter of units covers. */
public enum CounterScope {
  /** The billing cycle: each one begins at zero. */
  CYCLE,
  /** The local calendar month, over all its cycles. */
  MONTH_TO_DATE
}
