package io.tollgate.billing.rating;

/** What a counter of units counts over. */
public enum CounterScope {
  /** The billing cycle: each one begins at zero. */
  CYCLE,
  /** The local calendar month, over all its cycles. */
  MONTH_TO_DATE
}
