package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * P10: hours of very many instances with three meters each: closed, billed and deducted.
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
    List<Double> seconds = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int round = 0; round < sizes.rounds(); round++) {
      ChargedHours.Rates rates = hour.charge();
      seconds.add(hour.lines() / rates.whole());
      notes.add("%,.0f and %,.0f".formatted(rates.intake(), rates.charging()));
    }
    return List.of(
        Measurement.of(
                "P10",
                "an hour closed, billed and deducted: %s".formatted(who.inWords()),
                "s",
                new Rounds(seconds))
            .to(Goal.below(120))
            .noting(
                "the first hour cold; closing and intake, and rating and posting, lines/s: "
                    + String.join(", ", notes)));
  }
}
