package io.tollgate.chaos.fuzz;

import io.tollgate.chaos.fuzz.FuzzRequest.Kind;
import io.tollgate.chaos.fuzz.Tally.Row;
import io.tollgate.chaos.fuzz.Tally.Slow;
import io.tollgate.chaos.fuzz.Tally.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What a run did and what came of it.
 *
 * @param requesting how long the requests took
 * @param records how many records of each kind were sent to each topic
 * @param reading from sending the first record until every service had read all and was at rest
 */
record FuzzReport(
    long seed,
    Tally tally,
    Duration requesting,
    Map<String, Map<Mutation, Integer>> records,
    Duration reading,
    Aftermath aftermath) {

  /** More of this asked to come again later is no shedding of load, but a service that is away. */
  private static final double MOST_OVERLOADED = 0.03;

  /** Whether nothing is wrong. */
  boolean clean() {
    return tally.wrong() == 0 && aftermath.wrong().isEmpty() && !overloaded();
  }

  private boolean overloaded() {
    return tally.overloaded() > tally.requests() * MOST_OVERLOADED;
  }

  long recordsSent() {
    return records.values().stream()
        .flatMap(kinds -> kinds.values().stream())
        .mapToLong(Integer::longValue)
        .sum();
  }

  /** The report as a Markdown page. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# Fuzz: %s, seed %d".formatted(clean() ? "clean" : "NOT CLEAN", seed));
    lines.add("");
    lines.add("| what | number |");
    lines.add("| --- | --- |");
    lines.add(row("requests", tally.requests()));
    lines.add(row("in", seconds(requesting)));
    lines.add(row("503 with Retry-After", tally.overloaded()));
    lines.add(row("violations", tally.wrong() + aftermath.wrong().size()));
    lines.add(row("records", recordsSent()));
    lines.add(row("until all of them were read and everything was settled", seconds(reading)));
    lines.add("");
    violations(lines);
    lines.add("## Slowest answers");
    lines.add("");
    for (Slow slow : tally.slowest()) {
      lines.add("- %d ms: %s".formatted(slow.millis(), slow.what()));
    }
    lines.add("");
    statuses(lines);
    records(lines);
    lines.add("## Set aside");
    lines.add("");
    lines.add("| by whom, of what, why | records |");
    lines.add("| --- | --- |");
    new TreeMap<>(aftermath.reasons()).forEach((reason, times) -> lines.add(row(reason, times)));
    lines.add("");
    lines.add("## Audits");
    lines.add("");
    lines.add("```");
    lines.addAll(aftermath.audit());
    lines.add("```");
    return lines;
  }

  private void violations(List<String> lines) {
    if (clean()) {
      return;
    }
    lines.add("## Violations");
    lines.add("");
    if (overloaded()) {
      lines.add("- too many requests got 503");
    }
    aftermath.wrong().forEach(wrong -> lines.add("- " + wrong));
    for (Violation violation : tally.violations()) {
      lines.add("- " + violation.what());
      lines.add("```");
      lines.addAll(violation.request().lines().toList());
      lines.add("```");
    }
    lines.add("");
  }

  private void statuses(List<String> lines) {
    List<Kind> kinds = List.of(Kind.values());
    lines.add("## Statuses of each operation, by what was done to the request");
    lines.add("");
    lines.add(
        "| operation | "
            + kinds.stream().map(FuzzReport::inWords).collect(Collectors.joining(" | "))
            + " |");
    lines.add("| --- |" + " --- |".repeat(kinds.size()));
    Map<String, Map<Kind, List<String>>> byOperation = new TreeMap<>();
    for (Map.Entry<Row, LongAdder> count : tally.counts().entrySet()) {
      Row row = count.getKey();
      byOperation
          .computeIfAbsent(row.operation(), operation -> new TreeMap<>())
          .computeIfAbsent(row.kind(), kind -> new ArrayList<>())
          .add((row.status() == 0 ? "none" : row.status()) + ": " + count.getValue().sum());
    }
    byOperation.forEach(
        (operation, cells) ->
            lines.add(
                "| %s | %s |"
                    .formatted(
                        operation,
                        kinds.stream()
                            .map(kind -> String.join("<br>", cells.getOrDefault(kind, List.of())))
                            .collect(Collectors.joining(" | ")))));
    lines.add("");
  }

  private void records(List<String> lines) {
    lines.add("## Records of each topic, by what was done to them");
    lines.add("");
    lines.add("| what | " + String.join(" | ", records.keySet()) + " |");
    lines.add("| --- |" + " --- |".repeat(records.size()));
    for (Mutation mutation : Arrays.asList(Mutation.values())) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  inWords(mutation),
                  records.values().stream()
                      .map(kinds -> String.valueOf(kinds.getOrDefault(mutation, 0)))
                      .collect(Collectors.joining(" | "))));
    }
    lines.add("");
  }

  private static String inWords(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String row(String what, Object number) {
    return "| " + what + " | " + number + " |";
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
