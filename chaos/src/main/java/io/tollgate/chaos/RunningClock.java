package io.tollgate.chaos;

import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Lets business time run sixty times as fast as the machine's on every instance that is alive: an
 * hour's windows close every minute.
 *
 * <p>As in production nothing waits for it: load goes on, and an instance that does not answer is
 * told the time with the next step, or reads it when it starts.
 */
final class RunningClock implements AutoCloseable {

  private static final int TIMES = 60;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final List<Row> rows;
  private final Workload workload;
  private final Instant begin;
  private final Repetition steps = new Repetition("running-clock", this::step);
  private long start;
  private volatile Instant now;

  RunningClock(List<Row> rows, Workload workload, Instant begin) {
    this.rows = List.copyOf(rows);
    this.workload = workload;
    this.begin = begin;
    this.now = begin;
  }

  void start() {
    start = System.nanoTime();
    steps.start();
  }

  /** Where it stands. */
  Instant now() {
    return now;
  }

  private void step() {
    Patience.pass(EVERY);
    Duration passed = Duration.ofNanos(System.nanoTime() - start);
    step(begin.plus(passed.multipliedBy(TIMES)).truncatedTo(ChronoUnit.SECONDS));
  }

  private void step(Instant to) {
    for (Service service : Service.values()) {
      for (Row row : rows) {
        if (row.isAlive(service)) {
          var unused =
              row.api().post(service, "/v1/clock/step", Map.of("to", to.toString()), "step");
        }
      }
    }
    Instant hour = to.truncatedTo(ChronoUnit.HOURS);
    if (hour.isAfter(now)) {
      workload.whileHeld(hour, () -> {});
    }
    now = to;
  }

  /** Ends with the step that is under way. */
  @Override
  public void close() {
    steps.close();
  }
}
