package io.tollgate.billing.rating;

/**
 * Whether one counter of tiers and allowance, and one minimum, covers all of an account's instances
 * or each instance.
 */
public enum CountedPer {
  /** All instances that the account has of the product, together: the default (section 1). */
  ACCOUNT,
  /** Each instance for itself. */
  INSTANCE
}
