package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * P4: intake of closed windows, then rating with posting, for accounts with one and with many lines
 * in a bill, one after the other. A series has one event in every hour.
 *
 * @param sizes how much
 */
record ChargingBenchmark(Sizes sizes) implements Benchmark {

  /** So long a backlog is charged at once; events more than a day ahead would be refused. */
  private static final int MOST_HOURS = 6;

  @Override
  public Set<String> figures() {
    return Set.of("P4");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    List<Measurement> found = new ArrayList<>();
    for (Population who : List.of(sizes.narrow("narrow"), sizes.wide("wide"))) {
      new Opening(system).accounts(who, sizes.unfunded());
      found.addAll(measure(system, who));
    }
    List<Double> transactions = new ArrayList<>();
    for (int round = 0; round < sizes.rounds(); round++) {
      transactions.add(new TpcB(new Database(system)).perSecond(sizes.momentSeconds()));
    }
    found.add(
        Measurement.of(
            "P4",
            "beside it: TPC-B transactions over JDBC, %d clients".formatted(TpcB.CLIENTS),
            "transactions/s",
            new Rounds(transactions)));
    return found;
  }

  private List<Measurement> measure(RunningSystem system, Population who) throws Exception {
    Database database = new Database(system);
    ChargedHours hours = new ChargedHours(system, who, hours(who));
    Warmth warmth = new Warmth(sizes);
    List<Double> intake = new ArrayList<>();
    List<Double> charged = new ArrayList<>();
    List<Double> copied = new ArrayList<>();
    while (charged.size() < sizes.rounds()) {
      ChargedHours.Rates rates = hours.charge();
      if (warmth.counts()) {
        intake.add(rates.intake());
        charged.add(rates.charging());
        copied.add(database.copyLines(hours.lines(), who));
      }
    }
    String size =
        ", %d lines a bill, %,d lines a round".formatted(who.linesPerBill(), hours.lines());
    return List.of(
        Measurement.of("P4", "rate and post" + size, "lines/s", new Rounds(charged))
            .beside("COPY, primary and unique key", new Rounds(copied))
            .to(Goal.atLeast(60_000))
            .toRatio(Goal.atLeast(0.25)),
        Measurement.of("P4", "intake, closing beside it" + size, "lines/s", new Rounds(intake)));
  }

  private int hours(Population who) {
    return Math.clamp(sizes.lines() / who.series(), 1, MOST_HOURS);
  }
}
