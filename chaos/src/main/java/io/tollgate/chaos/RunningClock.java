package io.tollgate.chaos;

import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private final Thread thread = new Thread(this::run, "running-clock");
  private volatile Instant now;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  RunningClock(List<Row> rows, Workload workload, Instant begin) {
    this.rows = List.copyOf(rows);
    this.workload = workload;
    this.now = begin;
  }

  void start() {
    thread.start();
  }

  /** Where it stands. */
  Instant now() {
    return now;
  }

  private void run() {
    Instant begin = now;
    long start = System.nanoTime();
    try {
      while (!stopped) {
        Patience.pass(EVERY);
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        step(begin.plus(passed.multipliedBy(TIMES)).truncatedTo(ChronoUnit.SECONDS));
      }
    } catch (RuntimeException e) {
      failure = e;
    }
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
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException("the clock stopped", e);
    }
  }
}
