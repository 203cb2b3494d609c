package io.tollgate.support.time;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A service's clock and what it is still busy with.
 *
 * @param mode where time comes from
 * @param now the business instant
 * @param settled whether nothing is left to be done up to now
 * @param laggards what is left
 * @param counters work done so far, by check; read before the laggards were looked for
 */
public record ClockStatus(
    ClockMode mode,
    Instant now,
    boolean settled,
    List<Laggard> laggards,
    Map<String, Long> counters) {

  /**
   * Something not at rest.
   *
   * @param what the check's name
   * @param detail what it waits for
   */
  public record Laggard(String what, String detail) {}

  /** Keeps its own copies. */
  public ClockStatus {
    laggards = List.copyOf(laggards);
    counters = Map.copyOf(counters);
  }
}
