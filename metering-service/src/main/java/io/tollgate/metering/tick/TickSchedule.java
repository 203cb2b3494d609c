package io.tollgate.metering.tick;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * When a tick is due: at each window's end + grace, and at the end of a step.
 *
 * @param calendar whose windows
 * @param grace after a window's end
 */
public record TickSchedule(BillingCalendar calendar, Duration grace) {

  /** Longest span looked at hour by hour; beyond it only days matter. */
  private static final Duration BY_HOUR = Duration.ofDays(40);

  /** The ticks of a step, in order; the last one is where it ends. */
  public List<Instant> between(Instant after, Instant to) {
    TreeSet<Instant> ticks = new TreeSet<>();
    if (Duration.between(after, to).compareTo(BY_HOUR) <= 0) {
      addEnds(ticks, Granularity.HOUR, after, to);
    }
    addEnds(ticks, Granularity.DAY, after, to);
    ticks.add(to);
    return List.copyOf(ticks);
  }

  private void addEnds(TreeSet<Instant> ticks, Granularity granularity, Instant after, Instant to) {
    Instant end = calendar.windowOf(granularity, after.minus(grace)).end();
    while (!end.plus(grace).isAfter(to)) {
      if (end.plus(grace).isAfter(after)) {
        ticks.add(end.plus(grace));
      }
      end = calendar.windowOf(granularity, end).end();
    }
  }
}
