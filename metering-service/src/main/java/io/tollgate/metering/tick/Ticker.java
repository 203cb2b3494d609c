package io.tollgate.metering.tick;

import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Appends ticks to the log at each start and, with the system clock, every business minute and at
 * every window's end + grace.
 */
final class Ticker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Ticker.class);
  private static final int AFTER_TOPICS = -600;

  private final BusinessClock clock;
  private final TickSchedule schedule;
  private final TickWriter writer;
  private final String threadName;
  private @Nullable ScheduledExecutorService executor;
  private Instant last = Instant.MIN;

  Ticker(BusinessClock clock, TickSchedule schedule, TickWriter writer, String threadName) {
    this.clock = clock;
    this.schedule = schedule;
    this.writer = writer;
    this.threadName = threadName;
  }

  @Override
  public synchronized void start() {
    if (executor != null) {
      return;
    }
    last = clock.now();
    writer.append(List.of(last));
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(threadName).factory());
    if (clock.mode() == ClockMode.SYSTEM) {
      var unused = executor.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }
  }

  private synchronized void beat() {
    try {
      Instant now = clock.now();
      boolean minute = now.truncatedTo(ChronoUnit.MINUTES).isAfter(last);
      if (minute || schedule.between(last, now).size() > 1) {
        writer.append(List.of(now));
        last = now;
      }
    } catch (RuntimeException e) {
      log.warn("A tick could not be written and will be retried: {}", e.toString());
    }
  }

  /** Repeats the last tick, so that windows that changed since are emitted again. */
  void again() {
    writer.append(List.of(clock.now()));
  }

  @Override
  public synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
      executor = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }

  @Override
  public int getPhase() {
    return AFTER_TOPICS;
  }
}
