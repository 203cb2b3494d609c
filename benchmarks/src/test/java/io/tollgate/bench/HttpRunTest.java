package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpRunTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final byte[] REQUEST = {1};

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @Test
  void aRequestThatFoundNoFreeConnectionCountsFromItsIntendedStart() {
    HttpRun run = new HttpRun(2, n -> REQUEST, true);
    run.start(List.of(channel));
    long now = System.nanoTime();
    run.offer(now - 2 * SECOND);
    run.offer(now - SECOND);
    assertThat(channel.outboundMessages()).hasSize(1);

    run.answered(channel, true);
    run.answered(channel, true);

    assertThat(run.done()).isCompleted();
    assertThat(run.latencies().getMinValue()).isBetween(SECOND - SECOND / 100, 2 * SECOND);
    assertThat(run.latencies().getMaxValue()).isGreaterThan(2 * SECOND - SECOND / 100);
  }

  @Test
  void withoutAScheduleTheNextRequestStartsWhenTheOneBeforeIsAnswered() {
    HttpRun run = new HttpRun(2, n -> REQUEST, false);
    run.start(List.of(channel));
    assertThat(channel.outboundMessages()).hasSize(1);

    run.answered(channel, false);
    assertThat(channel.outboundMessages()).hasSize(2);
    assertThat(run.done()).isNotCompleted();
    run.answered(channel, true);

    assertThat(run.done()).isCompleted();
    assertThat(run.refused()).isEqualTo(1);
    assertThat(run.latencies().getTotalCount()).isEqualTo(2);
  }
}
