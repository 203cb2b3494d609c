package io.tollgate.billing.journal;

import java.time.Instant;

/**
 * Work that falls due by time and changes what accounts owe. What is published up to an instant is
 * complete for a partition when none of it is due there any more ({@code WatermarkSweep}).
 */
public interface DueMoney {

  /**
   * Whether anything of these accounts is still due; what was set aside is not.
   *
   * @param upTo the business instant up to which it counts, included
   * @param part which accounts
   */
  boolean anythingDue(Instant upTo, AccountShard part);
}
