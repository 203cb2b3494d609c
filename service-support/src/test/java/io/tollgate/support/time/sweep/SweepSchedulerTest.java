package io.tollgate.support.time.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sweeps whose regular look is an hour away: what they do, they were woken for. */
class SweepSchedulerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final DataChanges changes = new DataChanges();
  private final Work first = new Work("first");
  private final Work second = new Work("second");
  private final SweepScheduler scheduler =
      new SweepScheduler(
          List.of(first, second),
          new StandingClock(),
          Duration.ofHours(1),
          new SimpleMeterRegistry(),
          "test");

  @AfterEach
  void stop() {
    scheduler.stop();
  }

  @Test
  void looksWhenDataCameInAndWhenTheClockWasStepped() throws InterruptedException {
    scheduler.wakeOn(changes);
    scheduler.start();
    first.awaitLooks(1);

    changes.signal();
    first.awaitLooks(1);

    scheduler.stepped(NOW.plusSeconds(60));
    first.awaitLooks(1);
  }

  @Test
  void whatOneLaneDidIsLookedAtByTheOther() throws InterruptedException {
    scheduler.wakeOn(changes);
    scheduler.start();
    second.awaitLooks(1);
    second.looked.drainPermits();
    // The first lane is not done before the second has looked because of the step.
    first.due.set(1);
    first.awaits = second.looked;
    scheduler.stepped(NOW.plusSeconds(60));
    second.awaitLooks(1);

    second.awaitLooks(1);
  }

  private static final class StandingClock implements BusinessClock {
    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public ClockMode mode() {
      return ClockMode.TEST;
    }
  }

  private static final class Work implements Sweep {
    private final String name;
    private final AtomicInteger due = new AtomicInteger();
    private final BlockingQueue<Instant> looks = new LinkedBlockingQueue<>();
    private final Semaphore looked = new Semaphore(0);
    private volatile Semaphore awaits = new Semaphore(Integer.MAX_VALUE);

    private Work(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String lane() {
      return name;
    }

    @Override
    public int runBatch(Instant upTo) {
      // First, so that whoever saw the look finds its permit.
      looked.release();
      looks.add(upTo);
      int done = due.getAndSet(0);
      if (done > 0) {
        awaits.acquireUninterruptibly();
      }
      return done;
    }

    @Override
    public boolean anythingDue(Instant upTo) {
      return due.get() > 0;
    }

    private void awaitLooks(int count) throws InterruptedException {
      for (int i = 0; i < count; i++) {
        assertThat(looks.poll(10, TimeUnit.SECONDS)).as("look of %s", name).isNotNull();
      }
    }
  }
}
