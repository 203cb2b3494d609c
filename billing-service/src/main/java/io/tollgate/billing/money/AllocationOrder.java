package io.tollgate.billing.money;

import java.util.Comparator;

/** What of a bill arriving money pays first (C2.2, choice). */
public enum AllocationOrder {
  /** A bill's principal, then its penalty, then the next bill. */
  PRINCIPAL_FIRST(Comparator.naturalOrder()),
  /** A bill's penalty, then its principal, then the next bill. */
  PENALTY_FIRST(Comparator.reverseOrder());

  private final Comparator<SubAccount> parts;

  AllocationOrder(Comparator<SubAccount> parts) {
    this.parts = parts;
  }

  /** The order of a bill's parts. */
  Comparator<SubAccount> parts() {
    return parts;
  }
}
