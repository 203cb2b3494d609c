package io.tollgate.billing.charging;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.BillingCalendar;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/**
 * When bills are booked: when they are booked, never backdated (C2.3).
 *
 * <p>A driven clock stands at the end of its step while the work of the step is done, so what is
 * billed in its turn is booked at the instant at which it was complete. A step crosses no local
 * midnight: what was complete before the day of the step was late, and is booked as late as it is
 * with any clock.
 */
@Component
class BookingTimes {
  private final BillingCalendar calendar;
  private final BusinessClock clock;

  BookingTimes(BillingCalendar calendar, BusinessClock clock) {
    this.calendar = calendar;
    this.clock = clock;
  }

  /** When something is booked that was complete at an instant, which may be yet to come. */
  Instant of(Instant complete) {
    Instant now = clock.now();
    return complete.isAfter(now) || inTurn(complete, now) ? complete : now;
  }

  private boolean inTurn(Instant complete, Instant now) {
    return clock.mode() == ClockMode.TEST
        && complete.isAfter(calendar.dayOf(now.minus(1, ChronoUnit.MICROS)).start());
  }

  /** When selected work was complete: if it was set aside, not before it is tried again. */
  Instant complete(Instant complete, Selection selection) {
    return switch (selection) {
      case REGULAR -> complete;
      case RETRIED -> later(complete, clock.now());
    };
  }
}
