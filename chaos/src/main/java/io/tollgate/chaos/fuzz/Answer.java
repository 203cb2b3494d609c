package io.tollgate.chaos.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came back.
 *
 * @param status 0 when there was no answer
 * @param headers lines as they came
 * @param time until it was there
 * @param outcome how it ended
 */
record Answer(int status, List<String> headers, String body, Duration time, Outcome outcome) {

  /** How an exchange ends. */
  enum Outcome {
    ANSWERED,
    /** The connection was closed without one. */
    CLOSED,
    /** Neither an answer nor an end in time. */
    SILENT
  }

  /** Keeps its own copy. */
  Answer {
    headers = List.copyOf(headers);
  }

  static Answer none(Outcome outcome, Duration time) {
    return new Answer(0, List.of(), "", time, outcome);
  }

  /** A header's value; empty without it. */
  String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("");
  }

  boolean refused() {
    return status >= 400;
  }
}
