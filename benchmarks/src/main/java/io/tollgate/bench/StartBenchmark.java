package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * P11: how soon the packaged application is ready, on an empty directory and on one that was used;
 * and what each service holds of the machine's memory when it runs alone, at rest.
 *
 * @param sizes how much
 */
record StartBenchmark(Sizes sizes) implements Benchmark {
  private static final Goal READY = Goal.below(15);
  private static final Goal MEMORY = Goal.below(400);

  @Override
  public Set<String> figures() {
    return Set.of("P11");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    List<Double> empty = new ArrayList<>();
    List<Double> used = new ArrayList<>();
    for (int round = 0; round < sizes.rounds(); round++) {
      systems.run(
          system -> {
            empty.add(system.startSeconds());
            if (!sizes.isSmall()) {
              used.add(systems.restart(system).startSeconds());
            }
            return used;
          });
    }
    List<Measurement> found = new ArrayList<>();
    found.add(ready("an empty directory", empty));
    if (!sizes.isSmall()) {
      found.add(ready("a directory that was used", used));
      ServicesAlone.residentMb(systems.beside("services"))
          .forEach(
              (service, memory) ->
                  found.add(
                      Measurement.of(
                              "P11",
                              "%s alone, %s, at rest (VmRSS)"
                                  .formatted(service.label(), String.join(" ", ServicesAlone.JVM)),
                              "MB",
                              Rounds.of(memory))
                          .to(MEMORY)));
    }
    return found;
  }

  private static Measurement ready(String where, List<Double> seconds) {
    return Measurement.of(
            "P11", "'up' ready on " + where + ", built before", "s", new Rounds(seconds))
        .to(READY);
  }
}
