package io.tollgate.chaos;

import io.tollgate.chaos.Takeovers.Takeover;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run with two instances of each service did and what came of it.
 *
 * @param hours business hours that passed
 * @param takeovers one for each instance that was killed
 * @param answers the same questions to both instances of a service, as rows of a table
 * @param sizes what was on disk when the load ended
 * @param settled from stopping the second instances until all work was done
 */
record ScaleReport(
    Plan plan,
    long hours,
    Watch watch,
    List<Takeover> takeovers,
    List<String> answers,
    Sizes sizes,
    Duration settled,
    Truth truth,
    Verdict verdict)
    implements Report {

  /** Work that is spread whatever the load is. */
  private static final List<Work> SHARED =
      List.of(
          Work.EVENTS_INGESTED,
          Work.USAGE_RECORDS_AGGREGATED,
          Work.USAGE_RECORDS_TAKEN_IN,
          Work.CYCLES_CHARGED);

  ScaleReport {
    takeovers = List.copyOf(takeovers);
    answers = List.copyOf(answers);
  }

  /**
   * What was asked for.
   *
   * @param rate events a second
   * @param length how long the load went on
   */
  record Plan(long seed, int rate, int accounts, Duration length) {}

  /** Whether the books are the truth, all were replaced in time, and everybody had a share. */
  @Override
  public boolean clean() {
    return verdict.clean()
        && takeovers.size() >= Service.values().length
        && takeovers.stream().allMatch(Takeover::inTime)
        && SHARED.stream().allMatch(this::isShared);
  }

  private boolean isShared(Work work) {
    return watch.rows().stream().allMatch(row -> watch.shares().done(work, row) > 0);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Scale: %s, two instances of each service, seed %d"
            .formatted(clean() ? "clean" : "NOT CLEAN", plan.seed()));
    lines.add("");
    table(lines, "what", "number");
    lines.add(Report.row("load", Report.seconds(plan.length())));
    lines.add(Report.row("requested events per second", plan.rate()));
    lines.add(
        Report.row(
            "acknowledged events per second",
            truth.counted(Truth.Count.EVENTS_ACKNOWLEDGED) / plan.length().toSeconds()));
    lines.add(
        Report.row(
            "posted events per second, repetitions included",
            truth.counted(Truth.Count.EVENTS_POSTED) / plan.length().toSeconds()));
    lines.add(Report.row("accounts", plan.accounts()));
    lines.add(Report.row("business hours passed", hours));
    lines.addAll(Report.outcome(truth, verdict));
    lines.add(Report.row("second instances gone, all work done after", Report.seconds(settled)));
    takeovers(lines);
    shares(lines);
    timeline(lines);
    section(lines, "The same asked at each instance");
    table(lines, "question", "answers", "bodies");
    lines.addAll(answers);
    sizes(lines);
    section(lines, "The books");
    lines.add("```");
    lines.addAll(verdict.findings());
    lines.add("```");
    return lines;
  }

  private void takeovers(List<String> lines) {
    section(lines, "Takeover");
    lines.add(
        "Times from SIGKILL: until the other instance had all partitions of the killed one; until a"
            + " record written after the kill was applied on each partition; until the service"
            + " published again (metering its usage to billing, billing and account through the"
            + " outbox).");
    lines.add("");
    table(lines, "killed", "partitions it read", "assigned", "served", "passed on");
    takeovers.forEach(
        each ->
            lines.add(
                Report.row(
                    each.service().label() + " of " + each.row(),
                    each.partitions(),
                    Report.seconds(each.assigned()),
                    Report.seconds(each.served()),
                    each.passedOn().map(Report::seconds).orElse("nothing to publish"))));
  }

  private void shares(List<String> lines) {
    section(lines, "Shares of the work");
    List<String> heads = new ArrayList<>(List.of("work"));
    heads.addAll(watch.rows());
    table(lines, heads.toArray(String[]::new));
    for (Work work : Work.values()) {
      List<Object> cells = new ArrayList<>();
      cells.add(work.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      watch.rows().forEach(row -> cells.add(watch.shares().done(work, row)));
      lines.add(Report.row(cells.toArray()));
    }
  }

  private void timeline(List<String> lines) {
    section(lines, "Timeline");
    lines.add(
        "Partitions that each row reads (first + second): metering of `usage.events`, billing of"
            + " `usage.hourly`, the others of `billing.events`. Waiting: records of `usage.events`"
            + " not aggregated yet.");
    lines.add("");
    table(
        lines,
        "at",
        "events so far",
        "metering",
        "billing",
        "account",
        "notification",
        "waiting",
        "what happened");
    for (Watch.Line each : watch.timeline()) {
      List<Object> cells = new ArrayList<>();
      cells.add(Report.seconds(each.at()));
      cells.add(each.events());
      for (Service service : Service.values()) {
        cells.add(each.partitions().getOrDefault(service, ""));
      }
      cells.add(each.waiting());
      cells.add(each.happened());
      lines.add(Report.row(cells.toArray()));
    }
  }

  private void sizes(List<String> lines) {
    section(lines, "On disk when the load ended");
    table(lines, "topic", "bytes", "bytes per posted event");
    long posted = Math.max(1, truth.counted(Truth.Count.EVENTS_POSTED));
    sizes
        .topics()
        .forEach(
            topic ->
                lines.add(Report.row(topic.name(), topic.bytes(), perItem(topic.bytes(), posted))));
    lines.add("");
    table(lines, "table with its indexes", "rows", "bytes", "bytes per row");
    sizes
        .tables()
        .forEach(
            each ->
                lines.add(
                    Report.row(
                        each.name(),
                        each.rows(),
                        each.bytes(),
                        perItem(each.bytes(), Math.max(1, each.rows())))));
    lines.add("");
    table(lines, "state of metering", "bytes", "bytes per acknowledged event");
    sizes
        .stores()
        .forEach(
            (row, bytes) ->
                lines.add(
                    Report.row(
                        row,
                        bytes,
                        perItem(
                            bytes, Math.max(1, truth.counted(Truth.Count.EVENTS_ACKNOWLEDGED))))));
  }

  private static String perItem(long bytes, long items) {
    return String.format(Locale.ROOT, "%.0f", (double) bytes / items);
  }

  private static void section(List<String> lines, String title) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
  }

  private static void table(List<String> lines, String... heads) {
    lines.add(Report.row((Object[]) heads));
    lines.add("|" + " --- |".repeat(heads.length));
  }
}
