package io.tollgate.support.time;

import java.time.Instant;

/**
 * Told after the test clock was stepped, before the step is answered.
 *
 * <p>The same instant may be told again (a step is idempotent and may be resent).
 */
@FunctionalInterface
public interface ClockListener {

  /** The clock stands at this instant now. */
  void stepped(Instant now);
}
