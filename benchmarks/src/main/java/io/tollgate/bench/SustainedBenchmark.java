package io.tollgate.bench;

import java.util.List;
import java.util.Set;

/**
 * P5: events at a steady rate through everything, from the post to the booked charge, while an hour
 * of usage is closed every minute. Then what the process holds of the machine's memory, for P11.
 *
 * <p>The rate is looked for downward: one closing is a probe; when the rate is not sustained, the
 * next probe has {@value #STEP} of what was counted per second in this one, {@value #PROBES} times
 * at most. What is reported is the run after that.
 *
 * @param sizes how much
 */
record SustainedBenchmark(Sizes sizes) implements Benchmark {
  private static final int PROBES = 3;
  private static final double STEP = 0.9;

  @Override
  public Set<String> figures() {
    return Set.of("P5");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(system -> measure(systems, system));
  }

  private List<Measurement> measure(Systems systems, RunningSystem system) throws Exception {
    Population who = sizes.narrow("sustained");
    new Opening(system).accounts(who, sizes.unfunded());
    int rate = sizes.rate();
    boolean found = false;
    for (int probe = 0; probe < PROBES && !found; probe++) {
      SteadyLoad.Outcome outcome = load(system, who, rate, 1);
      systems.say("  probe: " + outcome.inWords());
      found = outcome.isSustained();
      rate = found ? rate : Math.max(1, (int) (STEP * outcome.countedPerSecond()));
    }
    SteadyLoad.Outcome outcome = load(system, who, rate, sizes.closings());
    double memory = system.residentMb();
    return List.of(
        Measurement.of(
                "P5",
                "post to booked charge, a closing every %d s, %d closings"
                    .formatted(sizes.closingSeconds(), sizes.closings()),
                "events/s",
                Rounds.of(outcome.perSecond()))
            .to(Goal.atLeast(50_000))
            .noting(outcome.inWords()),
        Measurement.of(
                "P5", "from an hour's end to its last booked charge", "s", outcome.closings())
            .to(Goal.below(sizes.closingSeconds())),
        Measurement.of(
                "P11", "memory of the standalone JVM after P5 (VmRSS)", "MB", Rounds.of(memory))
            .to(Goal.below(1_500)));
  }

  private SteadyLoad.Outcome load(RunningSystem system, Population who, int rate, int closings)
      throws Exception {
    SteadyLoad load = new SteadyLoad(system, who, rate, sizes.closingSeconds());
    SteadyLoad.Outcome outcome = load.run(closings);
    system.awaitRest();
    return outcome;
  }
}
