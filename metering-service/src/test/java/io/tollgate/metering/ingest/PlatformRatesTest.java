package io.tollgate.metering.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast platforms may post. */
class PlatformRatesTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private PlatformRates rates(long eventsPerSecond, Map<String, Long> platforms) {
    return new PlatformRates(
        new RateSettings(eventsPerSecond, Duration.ofSeconds(10), platforms), meters, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void assertServed(PlatformRates rates, String platform) {
    assertThatCode(() -> rates.admit(platform)).doesNotThrowAnyException();
  }

  private static void assertTooFast(PlatformRates rates, String platform, long seconds) {
    assertThatThrownBy(() -> rates.admit(platform))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.status().value()).isEqualTo(429);
              assertThat(refusal.extensions()).containsEntry("retryAfterSeconds", seconds);
            });
  }

  /** 10 events a second for 10 s fill a bucket of 100; the time is about to overflow. */
  @Test
  void aBucketIsEmptiedAndFillsAgainAtItsRate() {
    PlatformRates rates = rates(10, Map.of());
    rates.charge("fast", 99);
    assertServed(rates, "fast");
    rates.charge("fast", 1);
    assertTooFast(rates, "fast", 1);
    pass(Duration.ofMillis(100));
    assertServed(rates, "fast");
    rates.charge("fast", 1);
    assertTooFast(rates, "fast", 1);
    pass(Duration.ofDays(1));
    rates.charge("fast", 99);
    assertServed(rates, "fast");
    rates.charge("fast", 1);
    assertTooFast(rates, "fast", 1);
  }

  @Test
  void aBatchLargerThanTheBucketIsServedAndCostsItsTime() {
    PlatformRates rates = rates(10, Map.of());
    assertServed(rates, "bulk");
    rates.charge("bulk", 400);
    assertTooFast(rates, "bulk", 31);
    pass(Duration.ofSeconds(30));
    assertTooFast(rates, "bulk", 1);
    pass(Duration.ofMillis(1));
    assertServed(rates, "bulk");
  }

  @Test
  void oneThatIsTooFastTakesNothingFromTheOthersAndIsCounted() {
    PlatformRates rates = rates(10, Map.of("named", 20L, "free", 0L));
    rates.charge("named", 200);
    rates.charge("unnamed", 100);
    rates.charge("free", 1_000_000);
    assertTooFast(rates, "named", 1);
    assertTooFast(rates, "unnamed", 1);
    assertServed(rates, "free");
    assertServed(rates, "another");
    assertThat(counted("named")).isEqualTo(1);
    assertThat(counted("other")).isEqualTo(1);
  }

  private double counted(String platform) {
    return meters.get("tollgate_ingest_rate_limited").tag("platform", platform).counter().count();
  }

  @Test
  void arbitrarilyManyPlatformsTakeBoundedMemory() {
    PlatformRates rates = rates(1, Map.of());
    for (int i = 0; i < 2 * PlatformRates.MAX_BUCKETS; i++) {
      rates.charge("busy-" + i, 1);
    }
    assertThat(rates.size()).isEqualTo(PlatformRates.MAX_BUCKETS + 1);
    pass(Duration.ofDays(1));
    rates.charge("late", 1);
    assertThat(rates.size()).isEqualTo(1);
  }
}
