package io.tollgate.support.observability;

import java.util.Optional;

/**
 * A statement about the stored data that must always hold (DESIGN section 8).
 *
 * <p>Beans of this type are checked by {@code GET /v1/audit} and regularly in production. A check
 * only reads, in one consistent snapshot.
 */
public interface Invariant {

  /** A stable short id, e.g. {@code ledger-balances}. */
  String id();

  /** The invariant in one sentence. */
  String description();

  /** Looks at all data and says what breaks the invariant. */
  AuditFinding check();

  /**
   * The gauge that shows the difference, e.g. {@code tollgate_ledger_imbalance}; must always be 0.
   */
  default Optional<String> gauge() {
    return Optional.empty();
  }
}
