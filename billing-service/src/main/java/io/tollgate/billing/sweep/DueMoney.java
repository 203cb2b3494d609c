package io.tollgate.billing.sweep;

import java.time.Instant;

/**
 * Work that falls due by time and changes what accounts owe. The watermark of a partition advances
 * to an instant only when none of this work is due there up to it (section 6).
 */
public interface DueMoney {

  /**
   * Whether any work on these accounts is due; work that is set aside does not count.
   *
   * @param upTo the business instant up to which it counts, included
   * @param part which accounts
   */
  boolean anythingDue(Instant upTo, AccountShard part);
}
