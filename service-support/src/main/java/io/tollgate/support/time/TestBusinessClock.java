package io.tollgate.support.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Stands still until it is stepped; each step is stored before it is seen. */
final class TestBusinessClock implements BusinessClock {

  private final ClockStore store;
  private volatile Instant now;

  TestBusinessClock(ClockStore store, Instant start) {
    this.store = store;
    this.now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ClockMode mode() {
    return ClockMode.TEST;
  }

  /** Moves forward; an instant in the past changes nothing. */
  synchronized Instant step(Instant to) {
    Instant target = to.truncatedTo(ChronoUnit.MICROS);
    if (target.isAfter(now)) {
      store.advance(target);
      now = target;
    }
    return now;
  }
}
