package io.tollgate.billing.rating;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of a cycle that flat fees and minimums count.
 *
 * @param window from the first charged instant to the last
 * @param days local days of which at least an instant is charged
 */
record ChargedPart(Window window, long days) {

  /** The part that intervals make up, if there is any; they come in the order of their starts. */
  static Optional<ChargedPart> of(List<Window> intervals, BillingCalendar calendar) {
    if (intervals.isEmpty()) {
      return Optional.empty();
    }
    long days = 0;
    Instant counted = Instant.MIN;
    Instant end = Instant.MIN;
    for (Window interval : intervals) {
      Instant from = later(counted, interval.start());
      if (from.isBefore(interval.end())) {
        days += calendar.startedDays(new Window(from, interval.end()));
        counted = calendar.dayOf(interval.end().minusNanos(1)).end();
      }
      end = later(end, interval.end());
    }
    return Optional.of(new ChargedPart(new Window(intervals.getFirst().start(), end), days));
  }
}
