package io.tollgate.support.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readings that fail, hang and come back, as a scrape sees them. */
class ReadingsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private volatile Reading.Source source = display -> display.show("rows", "Rows", Tags.empty(), 7);
  private final TakenReading reading =
      new TakenReading(new Reading("rows", 5, display -> source.read(display)), LIMIT, meters);
  private final CountDownLatch held = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    held.countDown();
  }

  @Test
  void whileAReadingFailsItsGaugeKeepsTheLastValueAndItsAgeShows() {
    clock.add(Duration.ofSeconds(100));
    reading.take();
    assertThat(gauge("rows")).isEqualTo(7);
    assertThat(lastSuccess()).isEqualTo(100.001);

    source =
        display -> {
          display.show("rows", "Rows", Tags.empty(), 8);
          throw new IllegalStateException("the database is away");
        };
    clock.add(Duration.ofSeconds(5));
    reading.take();
    assertThat(gauge("rows")).isEqualTo(7);
    assertThat(failures()).isEqualTo(1);
    assertThat(lastSuccess()).isEqualTo(100.001);

    source = display -> display.show("rows", "Rows", Tags.empty(), 9);
    clock.add(Duration.ofSeconds(5));
    reading.take();
    assertThat(gauge("rows")).isEqualTo(9);
    assertThat(failures()).isEqualTo(1);
    assertThat(lastSuccess()).isEqualTo(110.001);
  }

  @Test
  void beforeTheFirstSuccessThereIsNoGaugeAndTheCountersAreThere() {
    source =
        display -> {
          throw new IllegalStateException("the database is away");
        };
    assertThat(failures()).isZero();
    assertThat(gauge("tollgate_reading_period_seconds")).isEqualTo(5);

    reading.take();

    assertThat(meters.find("rows").gauge()).isNull();
    assertThat(failures()).isEqualTo(1);
  }

  @Test
  void whatIsNoLongerShownDisappears() {
    source =
        display -> {
          display.show("rows", "Rows", Tags.of("topic", "a"), 1);
          display.show("rows", "Rows", Tags.of("topic", "b"), 2);
        };
    reading.take();
    source = display -> display.show("rows", "Rows", Tags.of("topic", "b"), 3);
    reading.take();

    assertThat(meters.find("rows").gauges()).hasSize(1);
    assertThat(meters.get("rows").tag("topic", "b").gauge().value()).isEqualTo(3);
  }

  @Test
  void aReadingThatHasNotReturnedIsNotBegunAgainAndFailsOnceAPeriod() throws InterruptedException {
    source =
        display -> {
          awaitRelease();
          display.show("rows", "Rows", Tags.empty(), 1);
        };
    assertThat(reading.claim()).isTrue();
    Thread hanging = Thread.ofPlatform().start(reading::takeClaimed);
    assertThat(reading.claim()).isFalse();
    assertThat(failures()).as("it is not late yet").isZero();

    reading.tookTooLong();
    assertThat(failures()).isEqualTo(1);
    assertThat(reading.claim()).isFalse();
    assertThat(failures()).isEqualTo(2);

    held.countDown();
    hanging.join();
    assertThat(gauge("rows")).isEqualTo(1);
    assertThat(reading.claim()).isTrue();
  }

  /** Both wait a second for their first turn; the hanging one has been late for a second then. */
  @Test
  void aReadingThatHangsIsInterruptedAndHoldsUpNoOther() {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    Readings readings =
        new Readings(
            meters,
            "test",
            List.of(
                new Reading("hanging", 1, display -> hang(interrupted)),
                new Reading("other", 1, display -> others.incrementAndGet())),
            Duration.ofMillis(100));
    readings.start();
    try {
      await()
          .atMost(LIMIT)
          .until(() -> interrupted.getCount() == 0 && others.get() > 2 && failed("hanging") > 0);
      assertThat(failed("other")).isZero();
    } finally {
      readings.stop();
    }
  }

  private void hang(CountDownLatch interrupted) {
    try {
      held.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private double lastSuccess() {
    return gauge("tollgate_reading_last_success_timestamp_seconds");
  }

  private double failures() {
    return failed("rows");
  }

  private double failed(String name) {
    return meters.get("tollgate_reading_failures").tag("reading", name).counter().count();
  }
}
