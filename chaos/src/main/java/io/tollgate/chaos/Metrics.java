package io.tollgate.chaos;

import io.tollgate.client.Answer;
import io.tollgate.standalone.Service;
import java.util.Optional;

/** The counters that services show to a monitor. */
final class Metrics {

  private Metrics() {}

  /**
   * A counter of an instance as it is now; empty while it does not answer, or has not counted.
   *
   * @param name with its labels, as Prometheus writes them
   */
  static Optional<Long> read(Row row, Service service, String name) {
    Answer answer = row.api().metrics(service);
    return answer.ok() ? find(answer.text(), name) : Optional.empty();
  }

  private static Optional<Long> find(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Math.round(Double.parseDouble(line.substring(name.length() + 1))))
        .findFirst();
  }
}
