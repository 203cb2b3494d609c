package io.tollgate.chaos;

import io.tollgate.chaos.Takeovers.Takeover;
import io.tollgate.chaos.Truth.Count;
import io.tollgate.chaos.Workload.Pace;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One run: under load a second instance of each service joins, then one of each in turn is killed
 * and started again; at last the second ones leave, and the verdict follows at rest.
 */
final class ScaleRun {

  private static final Instant BEGIN = Instant.parse("2026-02-28T16:00:00Z");

  /** Requests a second, and how many may be under way at once. */
  private static final int REQUESTS = 20;

  private static final int POSTERS = 4;

  /** A batch has events to post again among its own. */
  static final int LEAST_RATE = 20 * REQUESTS;

  /** Late events are charged one by one; more of them a second would be a load of their own. */
  private static final int LATE_ONES = 2;

  private static final Duration ALONE = Duration.ofSeconds(10);
  private static final Duration TOGETHER = Duration.ofSeconds(10);

  /** Records of usage that may wait when the next instance is killed. */
  private static final long FEW = 500;

  /** So long what waits is worked off before an instance is killed all the same. */
  private static final Duration CATCHING_UP = Duration.ofMinutes(3);

  private final DataDirectory directory;
  private final long seed;
  private final int rate;
  private final int accounts;
  private final Consumer<String> say;

  /**
   * @param seed decides the load, and who is killed after whom
   * @param rate events posted a second
   * @param say takes progress in words
   */
  ScaleRun(DataDirectory directory, long seed, int rate, int accounts, Consumer<String> say) {
    this.directory = directory;
    this.seed = seed;
    this.rate = rate;
    this.accounts = accounts;
    this.say = say;
  }

  /**
   * Runs it; everything is stopped when this returns.
   *
   * @param length how long the load goes on at least; each service is killed once however short
   */
  ScaleReport run(Duration length) {
    say.accept("seed %d: starting broker, database and services".formatted(seed));
    try (Fleet fleet = Fleet.start(directory, Effort.HEAVY, BEGIN);
        Groups groups = new Groups(fleet.kafka(), fleet.rows().stream().map(Row::name).toList())) {
      Truth truth =
          new Truth(IntStream.range(0, accounts).mapToObj(number -> "a-" + number).toList());
      Stage.prepare(fleet.first().api(), truth, BEGIN);
      return new Session(
              fleet,
              groups,
              truth,
              new Watch(groups, fleet.rows(), () -> truth.counted(Count.EVENTS_ACKNOWLEDGED)))
          .run(length);
    }
  }

  private final class Session {

    private final Fleet fleet;
    private final Groups groups;
    private final Truth truth;
    private final Watch watch;
    private final Takeovers takeovers;
    private final Random random = new Random(seed);
    private final RoundRobin balancer = new RoundRobin();
    private final List<Takeover> seen = new ArrayList<>();

    Session(Fleet fleet, Groups groups, Truth truth, Watch watch) {
      this.fleet = fleet;
      this.groups = groups;
      this.truth = truth;
      this.watch = watch;
      this.takeovers = new Takeovers(groups, truth.accounts().getLast());
    }

    ScaleReport run(Duration length) {
      Pace pace =
          new Pace(
              POSTERS,
              rate / REQUESTS,
              Duration.ofSeconds(1).dividedBy(REQUESTS),
              true,
              rate / LATE_ONES);
      balancer.add(fleet.first().api());
      Workload workload = new Workload(balancer, pace, truth, new Random(seed), BEGIN);
      RunningClock clock = new RunningClock(fleet.rows(), workload, BEGIN);
      long start = System.nanoTime();
      try (watch;
          clock;
          workload) {
        workload.start();
        clock.start();
        watch.start();
        Patience.pass(ALONE);
        join();
        killEach();
        Patience.pass(length.minusNanos(System.nanoTime() - start));
        workload.check();
      }
      Duration loaded = Duration.ofNanos(System.nanoTime() - start);
      List<String> answers = Answers.of(fleet.rows(), truth.accounts().getFirst());
      Sizes sizes = Sizes.of(fleet, groups);
      say.accept("the second instances leave; waiting until all work is done");
      long left = System.nanoTime();
      fleet.second().stop();
      new Hours(fleet.first().ports().urls(), fleet::operatorToken, workload, clock.now()).finish();
      Duration settled = Duration.ofNanos(System.nanoTime() - left);
      return new ScaleReport(
          new ScaleReport.Plan(seed, rate, accounts, loaded),
          Duration.between(BEGIN, clock.now()).toHours(),
          watch,
          seen,
          answers,
          sizes,
          settled,
          truth,
          Verdict.of(fleet.first().api(), truth));
    }

    private void join() {
      for (Service service : Service.values()) {
        fleet.second().start(service);
      }
      for (Service service : Service.values()) {
        fleet.second().awaitReady(service);
      }
      balancer.add(fleet.second().api());
      note("a second instance of each service is ready");
      catchUp();
    }

    /** The first row's: what only one instance does at a time is done by those that came first. */
    private void killEach() {
      List<Service> order = new ArrayList<>(List.of(Service.values()));
      Collections.shuffle(order, random);
      for (Service service : order) {
        Row victim = fleet.first();
        note("%s of %s is killed".formatted(service.label(), victim.name()));
        Takeover takeover = takeovers.kill(service, victim, fleet.second());
        seen.add(takeover);
        note(
            "its work is taken over: assigned after %s, served after %s"
                .formatted(Report.seconds(takeover.assigned()), Report.seconds(takeover.served())));
        victim.start(service);
        victim.awaitReady(service);
        note("%s of %s is ready again".formatted(service.label(), victim.name()));
        catchUp();
      }
    }

    /**
     * Virtual machines that start leave little for the others. What waits since then has to be
     * worked off first, so that a takeover is measured and not that.
     */
    private void catchUp() {
      Patience.pass(TOGETHER);
      var unused = Patience.holdsWithin(CATCHING_UP, () -> watch.waiting() <= FEW);
    }

    private void note(String happened) {
      say.accept(happened);
      watch.note(happened);
    }
  }
}
