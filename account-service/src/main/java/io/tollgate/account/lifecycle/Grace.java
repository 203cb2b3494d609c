package io.tollgate.account.lifecycle;

import static io.tollgate.model.Instants.later;
import static io.tollgate.model.Instants.plus;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The grace period of an unpaid bill before the service is suspended (C2.3). Natural days touched
 * by force majeure do not count (C10.1).
 *
 * @param length of the product owed for
 */
public record Grace(Duration length) {

  /**
   * A time that does not count.
   *
   * @param from when it begins
   * @param to when it ends, exclusive
   */
  public record Excused(Instant from, Instant to) {

    /** The natural days that force majeure touches, the same that cost no penalty (C10.1). */
    public static Excused daysOf(Window forceMajeure, BillingCalendar calendar) {
      Window days = calendar.daysOf(forceMajeure);
      return new Excused(days.start(), days.end());
    }
  }

  /** Refuses what is no waiting time. */
  public Grace {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a grace must not be negative: " + length);
    }
  }

  /**
   * When the grace ends; a grace without a foreseeable end ends with the year 9999.
   *
   * @param dueAt when the bill fell due
   * @param excused times that do not count, in any order; they may overlap
   */
  public Instant end(Instant dueAt, Collection<Excused> excused) {
    List<Excused> inOrder = excused.stream().sorted(Comparator.comparing(Excused::from)).toList();
    Instant counted = dueAt;
    Duration left = length;
    for (Excused time : inOrder) {
      if (counted.isBefore(time.from())) {
        Duration between = Duration.between(counted, time.from());
        if (between.compareTo(left) >= 0) {
          return plus(counted, left);
        }
        left = left.minus(between);
        counted = time.from();
      }
      counted = later(counted, time.to());
    }
    return plus(counted, left);
  }
}
