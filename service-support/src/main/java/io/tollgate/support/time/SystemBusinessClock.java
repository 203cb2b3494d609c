package io.tollgate.support.time;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The machine's clock, held still while the machine's goes back. */
final class SystemBusinessClock implements BusinessClock {

  private final Clock clock;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

  SystemBusinessClock(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return last.accumulateAndGet(
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        (before, now) -> now.isAfter(before) ? now : before);
  }

  @Override
  public ClockMode mode() {
    return ClockMode.SYSTEM;
  }
}
