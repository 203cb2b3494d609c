package io.tollgate.support.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Whether something that a service depends on answers, as a gauge: 1 or 0.
 *
 * <p>A thread of its own asks regularly. Whatever hangs counts as away just as what refuses does:
 * the gauge falls once the last answer is {@link #LIMIT} old, and a scrape never waits for it.
 */
public final class Reachability implements SmartLifecycle {

  /** Between two questions; each may take as long. */
  public static final Duration PERIOD = Duration.ofSeconds(3);

  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final Logger log = LoggerFactory.getLogger(Reachability.class);

  private final String what;
  private final Probe probe;
  private volatile long answeredAtNanos;
  private volatile boolean answered;
  private volatile boolean running;
  private Optional<ScheduledExecutorService> executor = Optional.empty();

  /** Asks for an answer. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Returns when there is an answer.
     *
     * @throws Exception when there is none; the reason is logged once, until the next answer
     */
    void ask() throws Exception;
  }

  /**
   * Registers the gauge; it is asked once this is started.
   *
   * @param gauge for instance {@code tollgate_broker_up}
   * @param what in words, for logs
   */
  public Reachability(MeterRegistry meters, String gauge, String what, Probe probe) {
    this.what = what;
    this.probe = probe;
    this.answeredAtNanos = System.nanoTime();
    Gauge.builder(gauge, this, Reachability::value)
        .description("Whether the service reaches its " + what + ": 1 or 0")
        .register(meters);
  }

  /** It is taken to be there until the first answer is late: services start by using it. */
  private double value() {
    return System.nanoTime() - answeredAtNanos < LIMIT.toNanos() ? 1 : 0;
  }

  private void ask() {
    try {
      probe.ask();
      answeredAtNanos = System.nanoTime();
      answered = true;
    } catch (Exception e) {
      if (answered && running) {
        log.warn("The {} does not answer: {}", what, e.toString());
      }
      answered = false;
    }
  }

  @Override
  public synchronized void start() {
    answeredAtNanos = System.nanoTime();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("probe-" + what).factory());
    executor = Optional.of(started);
    running = true;
    var unused =
        started.scheduleWithFixedDelay(
            this::ask, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    running = false;
    executor.ifPresent(ScheduledExecutorService::shutdownNow);
    executor = Optional.empty();
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
