package io.tollgate.metering.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.web.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Keeps a platform that posts too fast from taking the others' share: each has a {@link Bucket} of
 * its own.
 *
 * <p>Time is the machine's, which runs whatever the business clock does. Buckets are bounded: full
 * ones are forgotten, and platforms beyond the bound share one.
 */
@Component
@EnableConfigurationProperties(RateSettings.class)
final class PlatformRates {

  static final int MAX_BUCKETS = 4_096;

  private static final long SECOND = 1_000_000_000L;
  private static final String OTHERS = "";

  /** The label of those that the settings do not name. */
  private static final String OTHER = "other";

  private final RateSettings settings;
  private final Map<String, Counter> rejected = new HashMap<>();
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  @Autowired
  PlatformRates(RateSettings settings, MeterRegistry meters) {
    this(settings, meters, System::nanoTime);
  }

  PlatformRates(RateSettings settings, MeterRegistry meters, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    Stream.concat(settings.platforms().keySet().stream(), Stream.of(OTHER))
        .forEach(platform -> rejected.put(platform, counter(meters, platform)));
  }

  /**
   * Lets a request in, before its body is read.
   *
   * @throws ProblemException 429 while the platform's bucket is empty
   */
  void admit(String platform) {
    if (settings.of(platform) == 0) {
      return;
    }
    long now = nanos.getAsLong();
    long wait = bucket(platform, now).waitNanos(now);
    if (wait > 0) {
      rejected(platform).increment();
      throw new ProblemException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-fast",
          "this platform exceeds its event rate; no event was accepted",
          Map.of(ProblemException.RETRY_AFTER_SECONDS, (wait + SECOND - 1) / SECOND));
    }
  }

  /** Counts what a request brought, at least 1. */
  void charge(String platform, int events) {
    if (settings.of(platform) > 0) {
      long now = nanos.getAsLong();
      bucket(platform, now).take(Math.max(1, events), now);
    }
  }

  /** How many platforms are kept in mind. */
  int size() {
    return buckets.size();
  }

  private Bucket bucket(String platform, long now) {
    Bucket known = buckets.get(platform);
    if (known != null) {
      return known;
    }
    if (buckets.size() >= MAX_BUCKETS) {
      buckets.values().removeIf(bucket -> bucket.isFull(now));
    }
    String name = buckets.size() < MAX_BUCKETS ? platform : OTHERS;
    long rate = settings.of(platform);
    return buckets.computeIfAbsent(
        name, missing -> new Bucket(rate, settings.burst().toNanos(), now));
  }

  /** Named are platforms that the settings name: labels must not grow with what is sent. */
  private Counter rejected(String platform) {
    Counter own = rejected.get(platform);
    return own == null ? Objects.requireNonNull(rejected.get(OTHER)) : own;
  }

  private static Counter counter(MeterRegistry meters, String platform) {
    return Counter.builder("tollgate_ingest_rate_limited")
        .description("Requests rejected because their platform exceeds its event rate")
        .tag("platform", platform)
        .register(meters);
  }
}
