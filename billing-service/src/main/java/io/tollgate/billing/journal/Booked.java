package io.tollgate.billing.journal;

import io.tollgate.billing.money.Leg;
import java.time.Instant;
import java.util.List;

/**
 * What became of a {@link Booking}.
 *
 * @param at when it is booked: not before what is booked already
 * @param legs what it moves, of each part of the account
 */
public record Booked(Instant at, List<Leg> legs) {
  public Booked {
    legs = List.copyOf(legs);
  }
}
