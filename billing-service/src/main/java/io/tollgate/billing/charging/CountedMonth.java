package io.tollgate.billing.charging;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import java.time.Instant;
import java.util.Map;

/**
 * The counters of a month and the instant up to which they count.
 *
 * @param counters units and amounts so far, without those of nothing
 * @param countedTo start of the latest cycle that they count
 */
record CountedMonth(Map<CounterKey, Counter> counters, Instant countedTo) {

  static final CountedMonth EMPTY = new CountedMonth(Map.of(), Instant.MIN);

  /** The month after one more cycle. */
  CountedMonth with(DueCycle cycle, Map<CounterKey, Counter> after) {
    return new CountedMonth(after, counts(cycle) ? countedTo : cycle.key().start());
  }

  /** Whether the counters know of a later cycle than this one: it was counted out of order. */
  boolean counts(DueCycle cycle) {
    return countedTo.isAfter(cycle.key().start());
  }
}
