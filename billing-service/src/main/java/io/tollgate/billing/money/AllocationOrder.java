package io.tollgate.billing.money;

/** What of a bill arriving money pays first (C2.2, choice). */
public enum AllocationOrder {
  /** A bill's principal, then its penalty, then the next bill. */
  PRINCIPAL_FIRST,
  /** A bill's penalty, then its principal, then the next bill. */
  PENALTY_FIRST
}
