package io.tollgate.support.time.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.SettleCheck;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sweep with its count of work and its failures. */
final class SweepRunner implements SettleCheck {

  private static final Logger log = LoggerFactory.getLogger(SweepRunner.class);
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final int MAX_DOUBLINGS = 7;

  private final Sweep sweep;
  private final BusinessClock clock;
  private final Counter failures;
  private final Counter items;
  private final AtomicLong done = new AtomicLong();
  private volatile String lastFailure = "";
  private int failedInARow;
  private long pausedUntilNanos = System.nanoTime();

  SweepRunner(Sweep sweep, BusinessClock clock, MeterRegistry meters) {
    this.sweep = sweep;
    this.clock = clock;
    this.failures =
        Counter.builder("tollgate_sweep_failures")
            .description("Batches of a sweep that failed as a whole")
            .tag("sweep", sweep.name())
            .register(meters);
    this.items =
        Counter.builder("tollgate_sweep_items")
            .description("Items that a sweep processed")
            .tag("sweep", sweep.name())
            .register(meters);
  }

  /** Does one batch; whether there may be more. Only called by the lane's thread. */
  boolean runBatch() {
    if (failedInARow > 0 && System.nanoTime() - pausedUntilNanos < 0) {
      return false;
    }
    try {
      int count = sweep.runBatch(clock.now());
      done.addAndGet(count);
      items.increment(count);
      failedInARow = 0;
      lastFailure = "";
      return count > 0;
    } catch (RuntimeException e) {
      failedInARow++;
      failures.increment();
      lastFailure = e.toString();
      long millis = FIRST_PAUSE_MILLIS << Math.min(failedInARow - 1, MAX_DOUBLINGS);
      pausedUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      log.error("Sweep {} failed, next try in {} ms", sweep.name(), millis, e);
      return false;
    }
  }

  @Override
  public String name() {
    return "sweep " + sweep.name();
  }

  @Override
  public Optional<String> laggard() {
    if (!sweep.anythingDue(clock.now())) {
      return Optional.empty();
    }
    String failure = lastFailure;
    return Optional.of(failure.isEmpty() ? "work is due" : "work is due; last failure: " + failure);
  }

  @Override
  public long counter() {
    return done.get();
  }
}
