package io.tollgate.chaos;

import io.tollgate.chaos.Faults.Happened;
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
 * @param hours business hours that passed
 * @param surprises what processes did that no fault made them do
 * @param settled from healing the last fault until all work was done
 * @param compared how long it took to compare all accounts
 * @param lists what is listed of the accounts whose own data makes work fail
 * @param poison what is not as it must be of these
 */
record ChaosReport(
    Plan plan,
    long hours,
    Truth truth,
    List<Happened> happened,
    List<String> surprises,
    Duration settled,
    Duration compared,
    Verdict verdict,
    PoisonLists lists,
    List<String> poison)
    implements Report {

  /**
   * What was asked for.
   *
   * @param length how long load and faults went on
   */
  record Plan(long seed, int accounts, Duration length) {}

  /** All work is done so soon after the last fault is healed. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  ChaosReport {
    happened = List.copyOf(happened);
    surprises = List.copyOf(surprises);
    poison = List.copyOf(poison);
  }

  /** Whether the books are the truth in time and no process did what it was not made to do. */
  @Override
  public boolean clean() {
    return verdict.clean()
        && poison.isEmpty()
        && surprises.isEmpty()
        && settled.compareTo(SETTLE_LIMIT) <= 0;
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Chaos: %s, %d minutes, %d accounts, seed %d"
            .formatted(
                clean() ? "clean" : "NOT CLEAN",
                plan.length().toMinutes(),
                plan.accounts(),
                plan.seed()));
    lines.add("");
    lines.add("| what | number |");
    lines.add("| --- | --- |");
    lines.add(Report.row("business hours passed", hours));
    lines.addAll(Report.outcome(truth, verdict));
    lines.add(Report.row("all work done after the last fault healed", Report.seconds(settled)));
    lines.add(Report.row("accounts compared within", Report.seconds(compared)));
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
    surprises.forEach(surprise -> lines.add("- **unexpected**: " + surprise));
    lines.add("");
    lines.add("| poisoned account | listed by | times | first reason |");
    lines.add("| --- | --- | --- | --- |");
    lines.addAll(lists.rows());
    lines.add("");
    poison.forEach(each -> lines.add("- **poison**: " + each));
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
                      Report.seconds(recoveries.get(recoveries.size() / 2)),
                      Report.seconds(recoveries.getLast())));
        });
    return lines;
  }
}
