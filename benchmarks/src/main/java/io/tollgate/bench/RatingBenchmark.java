package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * P7: the rater alone, by JMH, on one thread.
 *
 * @param sizes how much
 */
record RatingBenchmark(Sizes sizes) implements Benchmark {

  @Override
  public Set<String> figures() {
    return Set.of("P7");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    TimeValue moment = TimeValue.milliseconds((long) (sizes.momentSeconds() * 1_000));
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(RaterLoad.class.getName())
                    .forks(sizes.isSmall() ? 0 : 1)
                    .jvmArgsAppend("-Xmx512m")
                    .warmupIterations(sizes.isSmall() ? 0 : 3)
                    .warmupTime(moment)
                    .measurementIterations(sizes.rounds())
                    .measurementTime(moment)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    List<Double> rates = new ArrayList<>();
    result
        .getBenchmarkResults()
        .forEach(
            fork -> {
              for (IterationResult iteration : fork.getIterationResults()) {
                rates.add(iteration.getPrimaryResult().getScore());
              }
            });
    return List.of(
        Measurement.of(
                "P7",
                "rater alone, one thread: graduated, month to date, free allowance; %d lines a cycle"
                    .formatted(RaterLoad.INSTANCES * RaterLoad.METERS),
                "lines/s",
                new Rounds(rates))
            .to(Goal.atLeast(3_000_000)));
  }
}
