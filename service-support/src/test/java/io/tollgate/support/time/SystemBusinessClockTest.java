package io.tollgate.support.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SystemBusinessClockTest {

  /** Shows the given instants, one after the other. */
  private static final class Scripted extends Clock {
    private final Queue<Instant> instants;

    Scripted(String... instants) {
      this.instants = new ArrayDeque<>(List.of(instants).stream().map(Instant::parse).toList());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return instants.remove();
    }
  }

  @Test
  void itStandsStillWhileTheMachinesClockIsBehind() {
    var clock =
        new SystemBusinessClock(
            new Scripted(
                "2026-03-01T10:00:00.123456789Z", "2026-03-01T09:00:00Z", "2026-03-01T10:00:01Z"));
    assertThat(clock.now()).isEqualTo("2026-03-01T10:00:00.123456Z");
    assertThat(clock.now()).isEqualTo("2026-03-01T10:00:00.123456Z");
    assertThat(clock.now()).isEqualTo("2026-03-01T10:00:01Z");
  }
}
