package io.tollgate.billing.journal;

import java.time.Instant;
import java.util.List;

/**
 * How far back a recomputation reaches. Nothing before it changes, so that it need not be read.
 *
 * @param from what takes effect from then on may change
 * @param corrected corrections of bills; each may change everything from its cycle's first bill on
 * @param before the number of the first movement that may change
 */
record Reach(Instant from, List<Bill> corrected, long before) {
  static Reach from(Instant from) {
    return new Reach(from, List.of(), Long.MAX_VALUE);
  }

  static Reach ofCorrections(List<Bill> bills, Instant bookedAt) {
    return new Reach(bookedAt, bills, Long.MAX_VALUE);
  }

  /** Reaches at least as far back as a movement. */
  Reach before(long movement) {
    return new Reach(from, corrected, Math.min(before, movement));
  }
}
