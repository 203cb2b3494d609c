package io.tollgate.bench;

import io.tollgate.standalone.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Intake of closed windows, and rating with posting, for populations with few and with many lines
 * in a bill, one after the other. A series has one event in every hour.
 *
 * @param populations who is charged; accounts differ
 * @param lines about how many for each population: whole hours
 * @param unfunded percent of the accounts that fall into arrears
 */
record ChargingBenchmark(List<Population> populations, int lines, int unfunded)
    implements Benchmark {
  private static final int GRACE_SECONDS = 600;

  ChargingBenchmark {
    populations = List.copyOf(populations);
  }

  @Override
  public Set<String> figures() {
    return Set.of("P4");
  }

  @Override
  public List<Comparison> run(RunningSystem system) throws Exception {
    Opening opening = new Opening(system);
    opening.catalogue(populations.stream().mapToInt(Population::meters).max().orElseThrow());
    for (Population each : populations) {
      opening.accounts(each, unfunded);
    }
    Limits limits = new Limits(system.data());
    List<Comparison> found = new ArrayList<>();
    Instant start = system.start();
    for (Population each : populations) {
      int hours = Math.max(1, lines / each.series());
      Sample sample = new Sample(each, start, hours, hours * each.series());
      Posting.post(system, sample, 0, sample.events());
      start = start.plusSeconds(3_600L * hours);
      Instant closed = start.plusSeconds(GRACE_SECONDS);
      String shape = ", lines a bill: " + each.linesPerBill();
      found.add(Comparison.alone(intake(system, limits, closed, shape)));
      Figure charged = charge(system, limits, closed, shape);
      found.add(Comparison.of(charged, limits.copy(charged.items(), each)));
      start = start.plusSeconds(3_600);
    }
    for (Service service : List.of(Service.ACCOUNT, Service.NOTIFICATION)) {
      system.step(service, start);
      system.awaitRest(service);
    }
    return found;
  }

  /**
   * Closes the windows and lets billing store them: its clock stands, so nothing is charged yet.
   */
  private static Figure intake(RunningSystem system, Limits limits, Instant end, String shape) {
    long before = limits.windows();
    long start = System.nanoTime();
    system.step(Service.METERING, end);
    system.awaitRest(Service.METERING);
    system.awaitRest(Service.BILLING);
    long nanos = System.nanoTime() - start;
    return new Figure("P4 intake, closing beside it" + shape, limits.windows() - before, nanos);
  }

  /** From stored usage to durable lines, bills, postings, balances and published events. */
  private static Figure charge(RunningSystem system, Limits limits, Instant end, String shape) {
    long before = limits.lines();
    long start = System.nanoTime();
    system.step(Service.BILLING, end);
    system.awaitRest(Service.BILLING);
    long nanos = System.nanoTime() - start;
    return new Figure("P4 rate and post" + shape, limits.lines() - before, nanos);
  }
}
