package io.tollgate.support.time.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockListener;
import io.tollgate.support.time.SettleCheck;
import io.tollgate.support.time.SettleChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the sweeps: again and again, and after each step of a test clock, until nothing is due.
 *
 * <p>Within a lane sweeps take turns batch by batch, so that one with much to do does not starve
 * another. A sweep that fails waits longer each time; the others go on.
 */
public final class SweepScheduler implements SmartLifecycle, ClockListener, SettleChecks {

  private final List<SweepRunner> runners;
  private final List<SweepLane> lanes;
  private volatile boolean running;

  /**
   * The sweeps of a service, in their order; not yet running.
   *
   * @param period from a look that found nothing to the next
   */
  public SweepScheduler(
      List<Sweep> sweeps,
      BusinessClock clock,
      Duration period,
      MeterRegistry meters,
      String threadPrefix) {
    Map<String, List<SweepRunner>> byLane = new LinkedHashMap<>();
    List<SweepRunner> all = new ArrayList<>();
    for (Sweep sweep : sweeps) {
      SweepRunner runner = new SweepRunner(sweep, clock, meters);
      all.add(runner);
      byLane.computeIfAbsent(sweep.lane(), key -> new ArrayList<>()).add(runner);
    }
    this.runners = List.copyOf(all);
    List<SweepLane> made = new ArrayList<>();
    byLane.forEach(
        (name, lane) -> made.add(new SweepLane(threadPrefix + "-sweep-" + name, lane, period)));
    this.lanes = List.copyOf(made);
  }

  /**
   * Looks from now on as soon as data changed, also by a sweep of another lane, rather than at the
   * next regular look.
   */
  void wakeOn(DataChanges changes) {
    changes.listen(this::wake);
    lanes.forEach(lane -> lane.afterWork(changes::signal));
  }

  private void wake() {
    lanes.forEach(SweepLane::wake);
  }

  @Override
  public void stepped(Instant now) {
    wake();
  }

  @Override
  public List<SettleCheck> settleChecks() {
    return List.copyOf(runners);
  }

  @Override
  public synchronized void start() {
    lanes.forEach(SweepLane::start);
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
    lanes.forEach(SweepLane::stop);
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
