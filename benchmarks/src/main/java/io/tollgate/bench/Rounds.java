package io.tollgate.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The same measured several times.
 *
 * @param values one per round, in the order of the rounds
 */
record Rounds(List<Double> values) {

  Rounds {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("one round at least");
    }
    values = List.copyOf(values);
  }

  static Rounds of(double... values) {
    return new Rounds(Arrays.stream(values).boxed().toList());
  }

  /** The middle one, or the mean of the two in the middle. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
