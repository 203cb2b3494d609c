package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;

/** The straight line through samples taken over time, by least squares. */
final class Slope {
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();

  void add(double second, double value) {
    seconds.add(second);
    values.add(value);
  }

  /** By how much the values rise a second; 0 for less than two instants. */
  double perSecond() {
    double meanTime = mean(seconds);
    double meanValue = mean(values);
    double together = 0;
    double spread = 0;
    for (int i = 0; i < seconds.size(); i++) {
      double off = seconds.get(i) - meanTime;
      together += off * (values.get(i) - meanValue);
      spread += off * off;
    }
    return spread == 0 ? 0 : together / spread;
  }

  double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
