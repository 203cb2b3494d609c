package io.tollgate.bench;

import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * P1 and P3: ingest over HTTP, and aggregation of what it left, alone. The windows stay open.
 *
 * @param sizes how much
 */
record IngestBenchmark(Sizes sizes) implements Benchmark {
  private static final int HOURS = 6;

  @Override
  public Set<String> figures() {
    return Set.of("P1", "P3");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    Population who = sizes.narrow("ingest");
    new Opening(system).accounts(who, sizes.unfunded());
    int events = sizes.events();
    Warmth warmth = new Warmth(sizes);
    Sample sample =
        new Sample(who, system.nextHour(), HOURS, events * (warmth.most() + sizes.rounds()));
    Kafka kafka = new Kafka(system);
    List<Double> ingest = new ArrayList<>();
    List<Double> together = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    List<Double> produced = new ArrayList<>();
    List<Double> consumed = new ArrayList<>();
    long left = 0;
    for (int round = 0; ingest.size() < sizes.rounds(); round++) {
      String topic = "bench.limit-" + round;
      kafka.create(topic);
      double raw = kafka.produce(topic, new Sample(who, sample.start(), HOURS, events));
      double plain = kafka.consume(topic, events);
      int first = round * events;
      Stopwatch both = Stopwatch.start();
      double posted =
          Stopwatch.rateOf(events, () -> Posting.post(system, sample, first, first + events));
      Stopwatch rest = Stopwatch.start();
      long behind = first + events - Counted.events(system);
      system.awaitRest(Service.METERING);
      double worked = rest.perSecond(behind);
      double whole = both.perSecond(events);
      if (warmth.counts()) {
        produced.add(raw);
        consumed.add(plain);
        ingest.add(posted);
        left += behind;
        alone.add(worked);
        together.add(whole);
      }
    }
    String size = ", %,d events a round".formatted(events);
    String parsing = "consumer that parses the same events";
    return List.of(
        Measurement.of("P1", "ingest, batches of 1,000" + size, "events/s", new Rounds(ingest))
            .beside("raw producer, acks=all, lz4", new Rounds(produced))
            .to(Goal.atLeast(120_000))
            .toRatio(Goal.atLeast(0.5)),
        Measurement.of(
                "P3", "aggregation alone, what ingest left" + size, "events/s", new Rounds(alone))
            .beside(parsing, new Rounds(consumed))
            .to(Goal.atLeast(150_000))
            .noting(
                "ingest left %,d of %,d events to be aggregated alone"
                    .formatted(left, (long) events * sizes.rounds())),
        Measurement.of(
                "P3", "aggregation, ingest beside it" + size, "events/s", new Rounds(together))
            .beside(parsing, new Rounds(consumed)));
  }
}
