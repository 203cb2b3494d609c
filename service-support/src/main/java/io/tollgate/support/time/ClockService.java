package io.tollgate.support.time;

import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

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
   * Steps the clock; to step it to where it stands changes nothing.
   *
   * @return where it stands now
   * @throws NotDrivenException when time passes by itself here
   * @throws ProblemException 422 when it stands later already
   */
  public Instant step(Instant to) {
    if (!(clock instanceof TestBusinessClock driven)) {
      throw new NotDrivenException();
    }
    Instant now = driven.step(to);
    if (now.isAfter(to)) {
      throw past(to, now);
    }
    listeners.forEach(listener -> listener.stepped(now));
    return now;
  }

  /** The refusal of an instant before the one at which the clock stands. */
  public static ProblemException past(Instant to, Instant now) {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "clock-past",
        "%s is in the past: the clock is at %s and only moves forward".formatted(to, now));
  }

  /** The clock is the system's. */
  public static final class NotDrivenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotDrivenException() {
      super("the business clock is the system clock and cannot be advanced");
    }
  }
}
