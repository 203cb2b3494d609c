package io.tollgate.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.Hours;
import io.tollgate.chaos.Stage;
import io.tollgate.chaos.Truth;
import io.tollgate.chaos.Truth.Count;
import io.tollgate.chaos.Verdict;
import io.tollgate.chaos.Workload;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.e2e.testing.SmallDisk;
import io.tollgate.standalone.Api;
import io.tollgate.support.FaultPoint;
import io.tollgate.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole process, broker and all, dies again and again under load, at named points, by SIGKILL
 * at any moment and of a full disk, and is started anew: every acknowledged event is billed and
 * every acknowledged recharge is there, once (F1, F18).
 *
 * <p>A usual build dies twice; {@code -Dtollgate.kills=20} goes through every named point. {@code
 * -Dtollgate.seed} chooses other moments.
 */
@Tag("minutes")
class KillIT {

  private static final int KILLS = Integer.getInteger("tollgate.kills", 2);
  private static final long SEED = Long.getLong("tollgate.seed", 1);
  private static final Random RANDOM = new Random(SEED);
  private static final List<String> ACCOUNTS =
      IntStream.range(0, 8).mapToObj(number -> "load-" + number).toList();
  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int MOST_TIMES = 4;
  private static final int MOST_EVENTS = 400;

  /** What a build that dies less often dies at. */
  private static final List<FaultPoint> FIRST =
      List.of(FaultPoint.LEDGER_AFTER_ENTRIES, FaultPoint.CONSUMER_AFTER_COMMIT);

  @Test
  void whatWasAcknowledgedIsBilledOnceHoweverOftenTheProcessDies() {
    try (SmallDisk disk = SmallDisk.mount("kills");
        Deployment deployment = Deployment.start(disk.directory(), Settings.startingAt(START))) {
      Api api = deployment.api();
      Truth truth = new Truth(ACCOUNTS);
      Stage.prepare(api, truth, START);
      Workload load = new Workload(api, truth, new Random(SEED), START);
      Hours hours = new Hours(deployment.urls(), deployment::operatorToken, load, START);
      try (load;
          hours) {
        load.start();
        hours.start();
        Run run = new Run(deployment, truth, load, hours);
        run.dieAtAnyMoment();
        for (FaultPoint point : points()) {
          run.dieAt(point);
        }
        for (int kill = 1 + points().size(); kill < KILLS; kill++) {
          deployment.startAgain();
          run.dieAtAnyMoment();
        }
        deployment.startAgain();
        if (disk.canBeFilled()) {
          run.dieOfAFullDisk(disk);
          deployment.startAgain();
        }
      }
      hours.finish();
      assertThat(truth.counted(Count.REQUESTS_SENT_AGAIN)).as("requests sent again").isPositive();
      Verdict verdict = Verdict.of(api, truth);
      assertThat(verdict.clean()).as("seed %d: %s", SEED, verdict.findings()).isTrue();
    }
  }

  private static List<FaultPoint> points() {
    List<FaultPoint> points = new ArrayList<>(FIRST);
    Stream.of(FaultPoint.values()).filter(point -> !FIRST.contains(point)).forEach(points::add);
    return points.subList(0, Math.min(points.size(), KILLS - 1));
  }

  private record Run(Deployment deployment, Truth truth, Workload load, Hours hours) {

    void dieAtAnyMoment() {
      long events = truth.counted(Count.EVENTS_ACKNOWLEDGED) + 1 + RANDOM.nextInt(MOST_EVENTS);
      await(() -> truth.counted(Count.EVENTS_ACKNOWLEDGED) >= events, "the load goes on");
      deployment.kill();
    }

    /** It ends by itself, and says so to whoever supervises it. */
    void dieOfAFullDisk(SmallDisk disk) {
      disk.fill();
      await(() -> !deployment.isAlive(), "it ends on a full disk");
      assertThat(deployment.exitValue()).as("how it ends on a full disk").isEqualTo(1);
      disk.free();
    }

    /** Dies when it reaches the point for the n-th time, at the latest while it is loaded. */
    void dieAt(FaultPoint point) {
      String value = point.at(1 + RANDOM.nextInt(MOST_TIMES));
      deployment.startAgainToDieAt(value);
      await(() -> !deployment.isAlive(), "it dies at " + value);
      assertThat(deployment.exitValue()).as("how it died at %s", value).isEqualTo(137);
    }

    private void await(BooleanSupplier condition, String what) {
      var unused =
          Await.until(
              LIMIT,
              () -> {
                load.check();
                hours.check();
                return condition.getAsBoolean() ? "" : "it does not happen that " + what;
              },
              String::isEmpty);
    }
  }
}
