package io.tollgate.bench;

import io.tollgate.standalone.Service;
import java.util.List;
import java.util.Set;

/**
 * Ingest over HTTP, and aggregation: first beside ingest, then alone over what ingest left. The
 * windows stay open.
 *
 * @param sample its first events warm everything up
 * @param warmUp how many of them
 */
record IngestBenchmark(Sample sample, int warmUp, int unfunded) implements Benchmark {

  @Override
  public Set<String> figures() {
    return Set.of("P1", "P3");
  }

  @Override
  public List<Comparison> run(RunningSystem system) throws Exception {
    Opening opening = new Opening(system);
    opening.catalogue(sample.who().meters());
    opening.accounts(sample.who(), unfunded);
    Posting.post(system, sample, 0, warmUp);
    system.awaitRest(Service.METERING);
    Limits limits = new Limits(system.data());
    Figure producer = limits.producer(sample);
    Figure consumer = limits.consumer(sample);
    int events = sample.events() - warmUp;
    long start = System.nanoTime();
    Figure ingest =
        Figure.of(
            "P1 ingest over HTTP, batches of 1,000",
            events,
            () -> Posting.post(system, sample, warmUp, sample.events()));
    long posted = System.nanoTime();
    long left = sample.events() - aggregated(system);
    system.awaitRest(Service.METERING);
    long rest = System.nanoTime();
    return List.of(
        Comparison.of(ingest, producer),
        Comparison.of(
            new Figure("P3 aggregation, ingest beside it", events, rest - start), consumer),
        Comparison.of(
            new Figure("P3 aggregation alone, what ingest left", left, rest - posted), consumer));
  }

  /** How many events have been counted so far. */
  private static long aggregated(RunningSystem system) {
    return system
        .api()
        .get(Service.METERING, "/v1/audit")
        .orFail()
        .body()
        .at("/invariants/0/checked")
        .asLong(0);
  }
}
