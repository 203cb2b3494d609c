package io.tollgate.support.time.sweep;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sweeps that take turns on one thread. */
final class SweepLane {

  private final String name;
  private final List<SweepRunner> runners;
  private final Duration period;
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile Runnable afterWork = () -> {};

  SweepLane(String name, List<SweepRunner> runners, Duration period) {
    this.name = name;
    this.runners = List.copyOf(runners);
    this.period = period;
  }

  /** Runs after each round that did something: it may make work due in other lanes. */
  void afterWork(Runnable then) {
    afterWork = then;
  }

  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  void start() {
    if (thread == null) {
      Thread started = new Thread(this::loop, name);
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  void stop() {
    Thread running = thread;
    thread = null;
    wake();
    if (running != null) {
      try {
        running.join(TimeUnit.SECONDS.toMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void loop() {
    while (thread != null) {
      boolean more = false;
      for (SweepRunner runner : runners) {
        more |= thread != null && runner.runBatch();
      }
      if (more) {
        afterWork.run();
      } else {
        await();
      }
    }
  }

  private void await() {
    try {
      if (wake.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread = null;
    }
  }
}
