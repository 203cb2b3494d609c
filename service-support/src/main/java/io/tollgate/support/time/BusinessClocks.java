package io.tollgate.support.time;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes the business clock that fits the stored data, or refuses to. */
public final class BusinessClocks {

  private BusinessClocks() {}

  /**
   * Opens the clock of a service.
   *
   * @param start where a test clock begins on its very first start
   * @throws IllegalStateException when the stored data was made with the other mode: driven time
   *     over real data, or real time over driven data, would make debts nobody has
   */
  public static BusinessClock open(
      ClockMode mode, Optional<Instant> start, ClockStore store, Clock machine) {
    if (store.load().isEmpty()) {
      store.initialise(new ClockState(mode, first(mode, start, machine)));
    }
    ClockState stored =
        store.load().orElseThrow(() -> new IllegalStateException("the clock was not stored"));
    if (stored.mode() != mode) {
      throw new IllegalStateException(
          "tollgate.clock.mode is %s, but the stored data was created with a %s clock"
              .formatted(mode, stored.mode()));
    }
    return switch (mode) {
      case SYSTEM -> new SystemBusinessClock(machine);
      case TEST -> new TestBusinessClock(store, stored.now());
    };
  }

  private static Instant first(ClockMode mode, Optional<Instant> start, Clock machine) {
    return switch (mode) {
      case SYSTEM -> machine.instant().truncatedTo(ChronoUnit.MICROS);
      case TEST ->
          start
              .map(instant -> instant.truncatedTo(ChronoUnit.MICROS))
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "a test clock needs tollgate.clock.start for its first start"));
    };
  }
}
