package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.List;

/**
 * A cycle whose usage is complete.
 *
 * @param key which one
 * @param window the cycle
 * @param monthStart the month its tier counters run in
 * @param closedAt the tick at which metering said that it is complete
 * @param windows how many windows of usage it has at most
 */
record DueCycle(CycleKey key, Window window, Instant monthStart, Instant closedAt, long windows)
    implements Comparable<DueCycle> {

  /**
   * The first ones with together at most so many windows; one at least, if there is one.
   *
   * @param most how many windows may be in memory at once
   */
  static List<DueCycle> within(long most, List<DueCycle> cycles) {
    long windows = 0;
    int count = 0;
    for (DueCycle cycle : cycles) {
      windows += cycle.windows();
      if (count > 0 && windows > most) {
        break;
      }
      count++;
    }
    return cycles.subList(0, count);
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
