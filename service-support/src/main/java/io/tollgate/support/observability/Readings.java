package io.tollgate.support.observability;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Gauges whose values cost a query: each {@link Reading} is taken at its period and never by a
 * scrape, so a database or broker that hangs does not hang the scrape.
 *
 * <p>While a reading fails, its gauges keep their last value: an alert on them neither fires for a
 * value that nobody read nor resolves without a reason. That they are out of date is shown by
 * {@code tollgate_reading_last_success_timestamp_seconds}. A reading that takes too long is
 * interrupted and counted as failed; it is not begun again before it has returned, so at most one
 * thread and one connection is lost to it.
 */
public final class Readings implements SmartLifecycle {

  /** A reading may take so long, or as long as its period if that is longer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The first reading comes after this part of the period: what is costly spares the start. */
  private static final long FIRST_WITHIN = 60;

  private static final long FIRST_MILLIS = 1_000;

  /** Readings of the same period do not all begin at the same moment. */
  private static final long APART_MILLIS = 97;

  private final List<TakenReading> readings;
  private final String threadName;
  private volatile boolean running;
  private ScheduledExecutorService schedule;
  private ExecutorService threads;

  /** The readings of one service. */
  public Readings(MeterRegistry meters, String threadName, List<Reading> readings) {
    this(meters, threadName, readings, LIMIT);
  }

  Readings(MeterRegistry meters, String threadName, List<Reading> readings, Duration limit) {
    this.threadName = threadName;
    this.readings =
        readings.stream()
            .map(
                reading -> {
                  Duration period = Duration.ofSeconds(reading.periodSeconds());
                  Duration longer = period.compareTo(limit) > 0 ? period : limit;
                  return new TakenReading(reading, longer, meters);
                })
            .toList();
    this.schedule = newSchedule();
    this.threads = newThreads();
  }

  private ScheduledExecutorService newSchedule() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(threadName).factory());
  }

  /** As many as readings hang, and usually one or two. */
  private ExecutorService newThreads() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name(threadName + "-", 0).factory());
  }

  @Override
  public synchronized void start() {
    if (running) {
      return;
    }
    if (schedule.isShutdown()) {
      schedule = newSchedule();
      threads = newThreads();
    }
    long apart = 0;
    for (TakenReading reading : readings) {
      long period = TimeUnit.SECONDS.toMillis(reading.periodSeconds());
      var unused =
          schedule.scheduleAtFixedRate(
              () -> begin(reading),
              Math.max(FIRST_MILLIS, period / FIRST_WITHIN) + apart,
              period,
              TimeUnit.MILLISECONDS);
      apart += APART_MILLIS;
    }
    running = true;
  }

  private void begin(TakenReading reading) {
    if (!reading.claim()) {
      return;
    }
    Future<?> taken = threads.submit(reading::takeClaimed);
    var unused =
        schedule.schedule(
            () -> {
              if (!taken.isDone()) {
                reading.tookTooLong();
                taken.cancel(true);
              }
            },
            reading.limit().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Takes all readings now, on the caller's thread. */
  public void refresh() {
    readings.forEach(TakenReading::take);
  }

  @Override
  public synchronized void stop() {
    running = false;
    schedule.shutdownNow();
    threads.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After what they read of has started, and before it stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 50;
  }
}
