package io.tollgate.billing.money;

import java.util.Comparator;

/**
 * Whether money that comes in pays a bill's principal or its penalty first (C2.2, choice). Bills
 * are paid one after another, oldest due time first, in either order.
 */
public enum AllocationOrder {
  /** The principal, then the penalty, then the next bill: the default. */
  PRINCIPAL_FIRST(Comparator.naturalOrder()),
  /** The penalty, then the principal, then the next bill. */
  PENALTY_FIRST(Comparator.reverseOrder());

  private final Comparator<SubAccount> parts;

  AllocationOrder(Comparator<SubAccount> parts) {
    this.parts = parts;
  }

  /** Sorts the parts of one bill. */
  Comparator<SubAccount> parts() {
    return parts;
  }
}
