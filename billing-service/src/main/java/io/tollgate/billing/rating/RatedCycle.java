package io.tollgate.billing.rating;

import io.tollgate.model.Money;
import java.util.List;
import java.util.Map;

/**
 * What a cycle costs.
 *
 * @param lines its lines: usage by instance, meter and time, then flat fees and minimums by
 *     instance
 * @param total their sum
 * @param monthToDate counters of the month after the cycle: those before, brought forward
 */
public record RatedCycle(List<RatedLine> lines, Money total, Map<CounterKey, Counter> monthToDate) {

  public RatedCycle {
    lines = List.copyOf(lines);
    monthToDate = Map.copyOf(monthToDate);
  }
}
