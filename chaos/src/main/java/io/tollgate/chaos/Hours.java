package io.tollgate.chaos;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.Settings;
import io.tollgate.support.time.driver.ClockDriver;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets business hours pass while everything else goes on: some seconds of load, then the clock of
 * all services is driven over the hour while the load is held.
 */
public final class Hours implements AutoCloseable {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** A penalty costs the first whole day after the due one; the grace is over by then, too. */
  private static final Duration ARREARS = Duration.ofHours(50);

  private static final Duration LOAD_PER_HOUR = Duration.ofSeconds(8);

  /** Faults go on meanwhile, and on a machine that does other things too. */
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(10);

  private final List<URI> services;
  private final Supplier<String> token;
  private final Workload workload;
  private final Instant begin;
  private final Thread thread = new Thread(this::pass, "hours");
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;
  private volatile Instant now;

  /**
   * @param services base addresses of the services, in the order in which effects flow
   * @param token an operator's token with scope clock
   * @param begin where the clocks stand
   */
  public Hours(List<URI> services, Supplier<String> token, Workload workload, Instant begin) {
    this.services = List.copyOf(services);
    this.token = token;
    this.workload = workload;
    this.begin = begin;
    this.now = begin;
  }

  /** Begins. */
  public void start() {
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
    driveTo(instant, HOUR);
  }

  private void driveTo(Instant instant, Duration block) {
    try (ClockDriver driver =
        new ClockDriver(services, new BillingCalendar(Settings.ZONE), block, SETTLE_LIMIT, token)) {
      driver.drive(instant, progress -> {});
    }
  }

  /**
   * Fails when the clock could not be driven.
   *
   * @throws IllegalStateException with the cause
   */
  public void check() {
    RuntimeException e = failure;
    if (e != null) {
      throw new IllegalStateException("the clock could not be driven", e);
    }
  }

  /** Ends with the hour that is being driven. */
  @Override
  public void close() {
    stopped = true;
    try {
      if (!thread.join(SETTLE_LIMIT.plusMinutes(1))) {
        throw new IllegalStateException("the clock does not settle");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  /** Ends the hour that runs, so that everything is billed; after load and hours are closed. */
  public void finish() {
    driveTo(now.plus(HOUR).plus(GRACE));
  }

  /**
   * Goes on for two days without load, so that what was late is counted, and what is owed costs a
   * penalty and is suspended; after that.
   */
  void finishLate() {
    driveTo(now.plus(HOUR).plus(GRACE).plus(ARREARS), Duration.ofDays(1));
  }

  /** How many hours passed. */
  long driven() {
    return Duration.between(begin, now).toHours();
  }
}
