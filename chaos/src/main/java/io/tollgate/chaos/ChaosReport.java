package io.tollgate.chaos;

import io.tollgate.chaos.Faults.Happened;
import io.tollgate.chaos.Truth.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run did and what came of it.
 *
 * @param length how long load and faults went on
 * @param hours business hours that passed
 * @param surprises what processes did that no fault made them do
 * @param settled from healing the last fault until all work was done
 */
record ChaosReport(
    long seed,
    Duration length,
    long hours,
    Truth truth,
    List<Happened> happened,
    List<String> surprises,
    Duration settled,
    Verdict verdict) {

  /** All work is done so soon after the last fault is healed. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  ChaosReport {
    happened = List.copyOf(happened);
    surprises = List.copyOf(surprises);
  }

  /** Whether the books are the truth in time and no process did what it was not made to do. */
  boolean clean() {
    return verdict.clean() && surprises.isEmpty() && settled.compareTo(SETTLE_LIMIT) <= 0;
  }

  /** The report as a Markdown page. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Chaos: %s, %d minutes, seed %d"
            .formatted(clean() ? "clean" : "NOT CLEAN", length.toMinutes(), seed));
    lines.add("");
    lines.add("| what | number |");
    lines.add("| --- | --- |");
    lines.add(row("business hours passed", hours));
    for (Count count : Count.values()) {
      lines.add(row(count.name().toLowerCase(Locale.ROOT).replace('_', ' '), truth.counted(count)));
    }
    lines.add(row("units lost", verdict.lost()));
    lines.add(row("units doubled", verdict.doubled()));
    lines.add(row("drift of money", verdict.drift().setScale(6)));
    lines.add(row("audit", verdict.auditGreen() ? "green" : "RED"));
    lines.add(row("all work done after the last fault healed", seconds(settled)));
    lines.add("");
    lines.add("| fault | times | while an hour was closed | recovery, median | longest |");
    lines.add("| --- | --- | --- | --- | --- |");
    lines.addAll(faults());
    lines.add("");
    lines.add(
        "Recovery is from healing a fault until every service was ready, and an event and a"
            + " recharge were acknowledged. In turn:");
    lines.add("");
    happened.forEach(each -> lines.add("- " + each.what()));
    surprises.forEach(surprise -> lines.add("- **not asked for**: " + surprise));
    lines.add("");
    lines.add("```");
    lines.addAll(verdict.findings());
    lines.add("```");
    return lines;
  }

  private List<String> faults() {
    Map<Fault, List<Happened>> byFault = new EnumMap<>(Fault.class);
    happened.forEach(
        each -> byFault.computeIfAbsent(each.fault(), fault -> new ArrayList<>()).add(each));
    List<String> lines = new ArrayList<>();
    byFault.forEach(
        (fault, times) -> {
          List<Duration> recoveries =
              times.stream().map(Happened::recovery).sorted(Comparator.naturalOrder()).toList();
          lines.add(
              "| %s | %d | %d | %s | %s |"
                  .formatted(
                      fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                      times.size(),
                      times.stream().filter(Happened::closing).count(),
                      seconds(recoveries.get(recoveries.size() / 2)),
                      seconds(recoveries.getLast())));
        });
    return lines;
  }

  private static String row(String what, Object number) {
    return "| " + what + " | " + number + " |";
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
