package io.tollgate.billing.journal;

import io.tollgate.billing.money.Leg;
import java.time.Instant;
import java.util.List;

/**
 * The result of a {@link Booking}.
 *
 * @param at when it was booked: not before anything that was booked earlier
 * @param legs the amounts it moved, by sub-account and bill; empty for days that ended or are
 *     excused, and for corrections
 */
public record Booked(Instant at, List<Leg> legs) {
  public Booked {
    legs = List.copyOf(legs);
  }
}
