package io.tollgate.bench;

import java.util.List;
import java.util.Set;

/**
 * P10: one hour of very many instances with three meters each: closed, billed and deducted.
 *
 * @param sizes how much
 */
record HourBenchmark(Sizes sizes) implements Benchmark {
  private static final int INSTANCES = 100;

  @Override
  public Set<String> figures() {
    return Set.of("P10");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    int accounts = Math.max(1, sizes.hourInstances() / INSTANCES);
    Population who = new Population("hour", accounts, INSTANCES, sizes.meters());
    new Opening(system).accounts(who, sizes.unfunded());
    ChargedHours hour = new ChargedHours(system, who, 1);
    ChargedHours.Rates rates = hour.charge();
    return List.of(
        Measurement.of(
                "P10",
                "an hour closed, billed and deducted: %s".formatted(who.inWords()),
                "s",
                Rounds.of(hour.lines() / rates.whole()))
            .to(Goal.below(120))
            .noting(
                "cold, one hour: closing and intake %,.0f lines/s, rating and posting %,.0f lines/s"
                    .formatted(rates.intake(), rates.charging())));
  }
}
