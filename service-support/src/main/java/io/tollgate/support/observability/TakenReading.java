package io.tollgate.support.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tollgate.support.failure.Causes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading: the gauges it last showed, and how it fares. */
final class TakenReading {

  private static final Logger log = LoggerFactory.getLogger(TakenReading.class);

  private final Reading reading;
  private final Duration limit;
  private final MeterRegistry meters;
  private final Counter failures;
  private final Map<Series, Shown> shown = new HashMap<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean late;
  private volatile double succeededAtSeconds;
  private volatile double durationSeconds;

  TakenReading(Reading reading, Duration limit, MeterRegistry meters) {
    this.reading = reading;
    this.limit = limit;
    this.meters = meters;
    this.succeededAtSeconds = machineSeconds();
    Tags tags = Tags.of("reading", reading.name());
    this.failures =
        Counter.builder("tollgate_reading_failures")
            .description("Readings of gauges that failed or took too long")
            .tags(tags)
            .register(meters);
    Gauge.builder(
            "tollgate_reading_last_success_timestamp_seconds", this, r -> r.succeededAtSeconds)
        .description(
            "Unix time of the last reading that succeeded; of the service's start before the first")
        .tags(tags)
        .register(meters);
    Gauge.builder("tollgate_reading_period_seconds", reading, Reading::periodSeconds)
        .description("Time between two readings")
        .tags(tags)
        .register(meters);
    Gauge.builder("tollgate_reading_duration_seconds", this, r -> r.durationSeconds)
        .description("How long the last successful reading took")
        .tags(tags)
        .register(meters);
  }

  private record Series(String gauge, Tags tags) {}

  /** A gauge with the value it shows. */
  private static final class Shown {
    private final Gauge gauge;
    private volatile double value;

    Shown(MeterRegistry meters, Series series, String description, double value) {
      this.value = value;
      this.gauge =
          Gauge.builder(series.gauge(), this, each -> each.value)
              .description(description)
              .tags(series.tags())
              .register(meters);
    }
  }

  private record Value(String description, double value) {}

  long periodSeconds() {
    return reading.periodSeconds();
  }

  Duration limit() {
    return limit;
  }

  /** Whether it may begin: not while the last one has not returned. */
  boolean claim() {
    if (begun.compareAndSet(false, true)) {
      late = false;
      return true;
    }
    if (late) {
      failures.increment();
    }
    return false;
  }

  /** Reads after {@link #claim}. */
  void takeClaimed() {
    try {
      take();
    } finally {
      begun.set(false);
    }
  }

  /** Reads now. Nothing of a reading that fails is shown. */
  void take() {
    long started = System.nanoTime();
    Map<Series, Value> read = new LinkedHashMap<>();
    try {
      reading
          .source()
          .read(
              (gauge, text, tags, value) ->
                  read.put(new Series(gauge, tags), new Value(text, value)));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      if (!late) {
        failed(Causes.brief(e));
      }
      return;
    }
    show(read);
    durationSeconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
    succeededAtSeconds = machineSeconds();
  }

  void tookTooLong() {
    late = true;
    failed("no answer within " + limit.toSeconds() + " s");
  }

  private void failed(String why) {
    failures.increment();
    log.info("Reading {} failed, its gauges keep their values: {}", reading.name(), why);
  }

  private synchronized void show(Map<Series, Value> read) {
    read.forEach(
        (series, value) -> {
          Shown known = shown.get(series);
          if (known == null) {
            shown.put(series, new Shown(meters, series, value.description(), value.value()));
          } else {
            known.value = value.value();
          }
        });
    Iterator<Map.Entry<Series, Shown>> all = shown.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Series, Shown> each = all.next();
      if (!read.containsKey(each.getKey())) {
        meters.remove(each.getValue().gauge);
        all.remove();
      }
    }
  }

  /** Scrapes are compared with machine time, whatever the business clock says. */
  private double machineSeconds() {
    return meters.config().clock().wallTime() / 1_000.0;
  }
}
