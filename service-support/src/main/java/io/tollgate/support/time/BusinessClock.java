package io.tollgate.support.time;

import java.time.Instant;

/**
 * The one source of business time (T2).
 *
 * <p>Nothing else reads a wall clock for anything a customer could notice. Never goes back.
 */
public interface BusinessClock {

  /** The current business instant, with microseconds at most so that the database keeps it. */
  Instant now();

  /** Whether time passes by itself or is driven. */
  ClockMode mode();
}
