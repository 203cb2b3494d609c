package io.tollgate.support.time.sweep;

import java.time.Instant;

/**
 * Work that falls due by time: penalties, deadlines, charges of complete windows.
 *
 * <p>Beans of this type are run by {@link SweepScheduler}. A batch is one transaction of bounded
 * size, begun and committed by the sweep; items are applied at the instant they are due, oldest
 * first, never at the instant of running. Must be idempotent and safe on several instances at once.
 */
public interface Sweep {

  /** A stable name for logs, metrics and the clock's laggards. */
  String name();

  /**
   * Does one bounded batch of what is due.
   *
   * @param upTo the business instant up to which items are due, included
   * @return items done; 0 when nothing is due
   */
  int runBatch(Instant upTo);

  /** Whether anything is still due; must not count what waits for another service. */
  boolean anythingDue(Instant upTo);

  /**
   * Sweeps of one lane run one after the other, batch by batch in turn, in the order of their
   * beans; each lane has its own thread.
   */
  default String lane() {
    return "default";
  }
}
