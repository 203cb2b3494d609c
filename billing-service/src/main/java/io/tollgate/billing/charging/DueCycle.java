package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.Window;
import java.time.Instant;

/**
 * A cycle whose usage is complete.
 *
 * @param key which one
 * @param window the cycle
 * @param monthStart the month its tier counters run in
 * @param closedAt the tick at which metering said that it is complete; what was set aside counts as
 *     complete when it is tried again
 * @param windows how many windows of usage it has at most
 */
record DueCycle(CycleKey key, Window window, Instant monthStart, Instant closedAt, long windows)
    implements Comparable<DueCycle> {

  DueCycle closedAt(Instant instant) {
    return new DueCycle(key, window, monthStart, instant, windows);
  }

  CycleKey month() {
    return new CycleKey(key.account(), key.product(), monthStart);
  }

  /** The order in which an account's cycles are billed. */
  @Override
  public int compareTo(DueCycle other) {
    int order = closedAt.compareTo(other.closedAt);
    return order != 0 ? order : key.compareTo(other.key);
  }
}
