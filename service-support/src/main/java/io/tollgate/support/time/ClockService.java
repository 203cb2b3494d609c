package io.tollgate.support.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Steps the test clock and tells whether the service has come to rest. */
public final class ClockService {

  private final BusinessClock clock;
  private final List<SettleCheck> checks;
  private final List<ClockListener> listeners;

  /** The clock of one service with everything that must follow it. */
  public ClockService(
      BusinessClock clock, List<SettleCheck> checks, List<ClockListener> listeners) {
    this.clock = clock;
    this.checks = List.copyOf(checks);
    this.listeners = List.copyOf(listeners);
  }

  /** Where the clock stands and what the service is busy with. */
  public ClockStatus status() {
    Instant now = clock.now();
    Map<String, Long> counters = new TreeMap<>();
    checks.forEach(check -> counters.put(check.name(), check.counter()));
    List<ClockStatus.Laggard> laggards = new ArrayList<>();
    for (SettleCheck check : checks) {
      check
          .laggard()
          .ifPresent(detail -> laggards.add(new ClockStatus.Laggard(check.name(), detail)));
    }
    return new ClockStatus(clock.mode(), now, laggards.isEmpty(), laggards, counters);
  }

  /**
   * Steps the clock; an instant in the past changes nothing.
   *
   * @return where it stands now
   * @throws NotDrivenException when time passes by itself here
   */
  public Instant step(Instant to) {
    if (!(clock instanceof TestBusinessClock driven)) {
      throw new NotDrivenException();
    }
    Instant now = driven.step(to);
    listeners.forEach(listener -> listener.stepped(now));
    return now;
  }

  /** The clock is the system's. */
  public static final class NotDrivenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotDrivenException() {
      super("the business clock is the system clock and can't be advanced");
    }
  }
}
