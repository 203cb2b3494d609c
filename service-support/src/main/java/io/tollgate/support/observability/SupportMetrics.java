package io.tollgate.support.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gauges whose values cost a query: read periodically, shown as last read.
 *
 * <p>When a reading fails, its gauges become NaN, so that an alert can detect it.
 */
public final class SupportMetrics implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SupportMetrics.class);

  /** A long audit must not hold up the others. */
  private static final int THREADS = 2;

  /** The first reading comes after this part of the period: what is costly spares the start. */
  private static final long FIRST_WITHIN = 60;

  private final MeterRegistry meters;
  private final String threadName;
  private final List<Reading> readings;
  private final ConcurrentHashMap<String, Holder> values = new ConcurrentHashMap<>();
  private volatile boolean running;
  private ScheduledExecutorService executor;

  /**
   * Something to be read regularly.
   *
   * @param name for logs
   * @param periodSeconds seconds between two readings
   * @param source reads and shows
   */
  public record Reading(String name, long periodSeconds, Source source) {}

  /** Reads values and shows them. */
  @FunctionalInterface
  public interface Source {
    /** Reads now. */
    void read(Display display);
  }

  /** Takes the values of gauges. */
  @FunctionalInterface
  public interface Display {
    /** Sets a gauge, which is made when it is first set. */
    void show(String gauge, String description, Tags tags, double value);
  }

  private static final class Holder {
    private volatile double value;
  }

  /** Gauges of one service. */
  public SupportMetrics(MeterRegistry meters, String threadName, List<Reading> readings) {
    this.meters = meters;
    this.threadName = threadName;
    this.readings = List.copyOf(readings);
    this.executor = newExecutor();
  }

  private ScheduledExecutorService newExecutor() {
    return Executors.newScheduledThreadPool(
        THREADS, Thread.ofPlatform().daemon().name(threadName).factory());
  }

  @Override
  public synchronized void start() {
    if (running) {
      return;
    }
    if (executor.isShutdown()) {
      executor = newExecutor();
    }
    for (Reading reading : readings) {
      var unused =
          executor.scheduleWithFixedDelay(
              () -> read(reading),
              Math.max(1, reading.periodSeconds() / FIRST_WITHIN),
              reading.periodSeconds(),
              TimeUnit.SECONDS);
    }
    running = true;
  }

  /** Reads all now. */
  public void refresh() {
    readings.forEach(this::read);
  }

  private void read(Reading reading) {
    try {
      reading.source().read((gauge, text, tags, value) -> show(reading, gauge, text, tags, value));
    } catch (RuntimeException e) {
      log.info("Metrics of {} cannot be read: {}", reading.name(), e.toString());
      values.forEach(
          (key, holder) -> {
            if (key.startsWith(reading.name() + "|")) {
              holder.value = Double.NaN;
            }
          });
    }
  }

  private void show(Reading reading, String gauge, String text, Tags tags, double value) {
    Holder holder =
        values.computeIfAbsent(
            reading.name() + "|" + gauge + tags,
            key -> {
              Holder made = new Holder();
              Gauge.builder(gauge, made, h -> h.value)
                  .description(text)
                  .tags(tags)
                  .register(meters);
              return made;
            });
    holder.value = value;
  }

  @Override
  public synchronized void stop() {
    running = false;
    executor.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 1_000;
  }
}
