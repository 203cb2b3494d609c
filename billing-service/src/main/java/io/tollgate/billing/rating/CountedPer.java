package io.tollgate.billing.rating;

/** Whose units run through one counter of tiers and allowance, and whose lines a minimum covers. */
public enum CountedPer {
  /** All instances that the account has of the product, together: the default (section 1). */
  ACCOUNT,
  /** Each instance for itself. */
  INSTANCE
}
