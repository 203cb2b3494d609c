package io.tollgate.chaos;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.Settings;
import io.tollgate.support.clock.ClockDriver;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets business hours pass while everything else goes on. */
final class Hours {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration LOAD_PER_HOUR = Duration.ofSeconds(8);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(5);

  private final Fleet fleet;
  private final Workload workload;
  private final Thread thread = new Thread(this::pass, "hours");
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;
  private final Instant begin;
  private Instant now;

  Hours(Fleet fleet, Workload workload, Instant begin) {
    this.fleet = fleet;
    this.workload = workload;
    this.begin = begin;
    this.now = begin;
  }

  void start() {
    thread.start();
  }

  private void pass() {
    try {
      while (!stopped) {
        Patience.pass(LOAD_PER_HOUR);
        Instant next = now.plus(HOUR);
        workload.whileHeld(next, () -> driveTo(next));
        now = next;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void driveTo(Instant instant) {
    try (ClockDriver driver =
        new ClockDriver(
            fleet.ports().urls(),
            new BillingCalendar(Settings.ZONE),
            HOUR,
            SETTLE_LIMIT,
            fleet::operatorToken)) {
      driver.drive(instant, progress -> {});
    }
  }

  void stop() {
    stopped = true;
    try {
      if (!thread.join(SETTLE_LIMIT.plusMinutes(1))) {
        throw new IllegalStateException("the clock does not come to rest");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException("the clock could not be driven", e);
    }
  }

  /** Ends the hour that runs, so that everything is billed. */
  void finish() {
    driveTo(now.plus(HOUR).plus(GRACE));
  }

  long driven() {
    return Duration.between(begin, now).toHours();
  }
}
