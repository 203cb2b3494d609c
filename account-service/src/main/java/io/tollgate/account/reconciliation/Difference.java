package io.tollgate.account.reconciliation;

import io.tollgate.model.InstanceId;
import java.time.Instant;

/**
 * What should run and what runs are not the same.
 *
 * @param instance the instance
 * @param kind how they differ
 * @param reportedAt when the platform said so
 */
record Difference(InstanceId instance, Kind kind, Instant reportedAt) {

  /** How they differ. */
  enum Kind {
    /** Suspended, being released or released, and runs all the same. */
    RUNS_BUT_MUST_NOT,
    /** May run and does not. */
    MAY_RUN_BUT_DOES_NOT,
    /** The platform has it and nobody registered it. */
    NOT_REGISTERED
  }
}
