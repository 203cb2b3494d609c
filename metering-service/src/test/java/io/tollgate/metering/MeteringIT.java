package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.SharedMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events in over HTTP, revisions and markers out, on a real broker. */
@ExtendWith(SharedMetering.class)
class MeteringIT {

  private static final Duration GRACE = Duration.ofMinutes(2);

  private final RunningMetering metering;

  MeteringIT(RunningMetering metering) {
    this.metering = metering;
  }

  @Test
  void countsOnceWhatIsPostedTwiceAndClosesTheWindowOnce() {
    metering.register("once-i", "once-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    String one = event("once-i", "1", "cpu.used", hour.plusSeconds(1), "{\"seconds\":1.5}");
    String two = event("once-i", "2", "cpu.used", hour.plusSeconds(2), "{\"seconds\":\"2.25\"}");
    metering.events(one, two, one);
    metering.events(two);
    metering.stepTo(hour.plus(Duration.ofHours(1)).plus(GRACE).minusSeconds(1));
    assertThat(UsageReader.of(metering).totals("once-a", Granularity.HOUR)).isEmpty();
    metering.stepTo(hour.plus(Duration.ofHours(1)).plus(GRACE));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("once-a", Granularity.HOUR)).containsExactly(hour + " cpu=3.75 r1");
    assertThat(usage.of("once-a", Granularity.HOUR).getFirst().eventCount()).isEqualTo(2);
    assertThat(usage.gaps()).isEmpty();
  }

  @Test
  void lateAndShuffledEventsGiveTheSameTotalsInLaterRevisions() {
    metering.register("in-order-i", "in-order-a", metering.now());
    metering.register("shuffled-i", "shuffled-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    List<String> shuffled = new ArrayList<>();
    List<String> inOrder = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Instant time = hour.plusSeconds(i * 170L);
      String data = "{\"seconds\":0.%d,\"size\":\"%s\"}".formatted(i + 1, i % 2 == 0 ? "s" : "l");
      inOrder.add(event("in-order-i", "e" + i, "cpu.used", time, data));
      shuffled.add(event("shuffled-i", "e" + i, "cpu.used", time, data));
    }
    Collections.shuffle(shuffled, new Random(7));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    metering.events(inOrder.toArray(String[]::new));
    metering.events(shuffled.subList(0, 20).toArray(String[]::new));
    metering.stepTo(hour.plus(Duration.ofHours(3)));
    metering.events(shuffled.subList(10, 40).toArray(String[]::new));
    metering.settle();
    metering.stepTo(hour.plus(Duration.ofHours(30)));
    UsageReader usage = UsageReader.of(metering);
    for (Granularity granularity : Granularity.values()) {
      assertThat(
              usage.of("shuffled-a", granularity).stream()
                  .map(r -> r.dimensions() + " " + r.windowStart() + " " + r.quantity()))
          .isNotEmpty()
          .containsExactlyElementsOf(
              usage.of("in-order-a", granularity).stream()
                  .map(r -> r.dimensions() + " " + r.windowStart() + " " + r.quantity())
                  .toList());
    }
    assertThat(usage.of("shuffled-a", Granularity.HOUR)).anyMatch(r -> r.revision() >= 2);
    assertThat(usage.gaps()).isEmpty();
  }

  @Test
  void anUnknownInstanceWaitsUntilSomebodyPaysForIt() {
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    metering.events(event("late-i", "1", "cpu.used", hour, "{\"seconds\":5}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("late-a", Granularity.HOUR)).isEmpty();
    metering.register("late-i", "late-a", metering.now());
    metering.events(event("late-i", "1", "cpu.used", hour, "{\"seconds\":5}"));
    metering.settle();
    assertThat(UsageReader.of(metering).totals("late-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=5 r1");
  }

  @Test
  void conflictsAndWhatCannotBeCountedGoToQuarantineWithTheReason() {
    metering.register("bad-i", "bad-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    metering.events(
        event("bad-i", "1", "cpu.used", hour, "{\"seconds\":5}"),
        event("bad-i", "1", "cpu.used", hour, "{\"seconds\":6}"),
        event("bad-i", "2", "cpu.used", hour, "{\"seconds\":-6}"),
        event("bad-i", "3", "cpu.used", hour, "{\"seconds\":1e400000}"),
        event("bad-i", "4", "cpu.used", hour, "{}"),
        event("bad-i", "5", "nobody.counts", hour, "{}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("bad-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=5 r1");
    assertThat(
            metering.read(Topics.USAGE_QUARANTINE).stream()
                .filter(r -> new String(r.value(), UTF_8).contains("bad-i"))
                .map(r -> RunningMetering.header(r, "tollgate-reason")))
        .containsExactlyInAnyOrder(
            "conflict", "value-negative", "value-unbounded", "value-missing", "unknown-meter");
  }

  @Test
  void maxAndUniqueCountAreExact() {
    metering.register("mix-i", "mix-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    metering.events(
        event("mix-i", "1", "load", hour, "{\"load\":0.7}"),
        event("mix-i", "2", "load", hour.plusSeconds(1), "{\"load\":0.9}"),
        event("mix-i", "3", "load", hour.plusSeconds(2), "{\"load\":0.8}"),
        event("mix-i", "4", "login", hour, "{\"user\":\"ann\"}"),
        event("mix-i", "5", "login", hour, "{\"user\":\"bob\"}"),
        event("mix-i", "6", "login", hour, "{\"user\":\"ann\"}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("mix-a", Granularity.HOUR))
        .containsExactly(hour + " peak=0.9 r1", hour + " users=2 r1");
  }
}
