package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run: load, faults and a moving clock together, then rest, then the verdict. */
final class ChaosRun {

  private static final Instant BEGIN = Instant.parse("2026-02-28T16:00:00Z");
  private static final Duration FIRST_LOAD = Duration.ofSeconds(3);

  private final DataDirectory directory;
  private final long seed;
  private final int accounts;
  private final Consumer<String> say;

  /**
   * @param seed decides the load and the faults
   * @param accounts how many, the poisoned among them
   * @param say takes progress in words
   */
  ChaosRun(DataDirectory directory, long seed, int accounts, Consumer<String> say) {
    this.directory = directory;
    this.seed = seed;
    this.accounts = accounts;
    this.say = say;
  }

  /**
   * Runs it; everything is stopped when this returns.
   *
   * @param length how long faults go on, as the seed deals them
   */
  ChaosReport run(Duration length) {
    Schedule schedule = new Schedule(new Random(seed));
    return run(faults -> inflict(faults, schedule, length));
  }

  /** Runs it with each of these faults in turn. */
  ChaosReport run(List<Fault> wanted) {
    return run(faults -> wanted.forEach(faults::inflict));
  }

  private ChaosReport run(Consumer<Faults> session) {
    say.accept("seed %d: starting broker, database and services".formatted(seed));
    try (Fleet fleet = Fleet.start(directory, Effort.LIGHT, BEGIN)) {
      return run(fleet, session);
    }
  }

  private ChaosReport run(Fleet fleet, Consumer<Faults> session) {
    Truth truth =
        new Truth(
            IntStream.range(0, accounts - Poison.values().length)
                .mapToObj(number -> "a-" + number)
                .toList());
    Api api = fleet.first().api();
    Stage.prepare(api, truth, BEGIN);
    Poisoned.prepare(api, BEGIN);
    Poisoned poisoned = new Poisoned(new Delivery(() -> api, truth), BEGIN);
    poisoned.begin();
    Workload workload = new Workload(api, truth, new Random(seed), BEGIN);
    workload.fund();
    Hours hours = new Hours(fleet.first().ports().urls(), fleet::operatorToken, workload, BEGIN);
    Faults faults =
        new Faults(fleet, new Random(seed), new Beside(workload, hours, truth, poisoned), say);
    long start = System.nanoTime();
    try (workload;
        hours) {
      workload.start();
      hours.start();
      Patience.pass(FIRST_LOAD);
      session.accept(faults);
    }
    long healed = System.nanoTime();
    say.accept("the last fault is healed; waiting until all work is done");
    hours.finish();
    Duration settled = Duration.ofNanos(System.nanoTime() - healed);
    poisoned.end();
    hours.finishLate();
    say.accept("all work is done; comparing %d accounts".formatted(accounts));
    long rest = System.nanoTime();
    Verdict verdict = Verdict.of(api, truth);
    PoisonLists lists = PoisonLists.of(api);
    return new ChaosReport(
        new ChaosReport.Plan(seed, accounts, Duration.ofNanos(healed - start)),
        hours.driven(),
        truth,
        faults.happened(),
        faults.surprises(),
        settled,
        Duration.ofNanos(System.nanoTime() - rest),
        verdict,
        lists,
        lists.findings(api));
  }

  private record Beside(Workload workload, Hours hours, Truth truth, Poisoned poisoned)
      implements Faults.Load {

    @Override
    public void check() {
      workload.check();
      hours.check();
      poisoned.goOn(hours.driven());
    }

    @Override
    public boolean isClosing() {
      return workload.isHeld();
    }

    @Override
    public long acknowledged() {
      return truth.counted(Truth.Count.EVENTS_ACKNOWLEDGED);
    }

    @Override
    public void probe() {
      workload.probe();
    }
  }

  private static void inflict(Faults faults, Schedule schedule, Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      long next = System.nanoTime() + schedule.pause().toNanos();
      faults.inflict(schedule.next());
      Patience.pass(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
  }
}
