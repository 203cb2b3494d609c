package io.tollgate.billing.journal;

import java.time.Instant;
import java.util.List;

/**
 * How far back a recomputation reaches: what came before is as it was, and need not be read.
 *
 * @param from what counts from then on may change
 * @param corrected corrections of bills, each of which changes from the first bill of its cycle on
 * @param before the movement, in the order of booking, that is the first that may change
 */
record Reach(Instant from, List<Bill> corrected, long before) {
  static Reach from(Instant from) {
    return new Reach(from, List.of(), Long.MAX_VALUE);
  }

  static Reach ofCorrections(List<Bill> bills, Instant bookedAt) {
    return new Reach(bookedAt, bills, Long.MAX_VALUE);
  }

  /** The same, and at least as far back as a movement. */
  Reach before(long movement) {
    return new Reach(from, corrected, Math.min(before, movement));
  }
}
