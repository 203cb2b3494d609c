package io.tollgate.metering.audit;

import io.tollgate.metering.topology.LiveState;
import io.tollgate.metering.topology.TaskState;
import io.tollgate.support.observability.AuditFinding;
import io.tollgate.support.observability.Invariant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every accepted event was counted, is a duplicate, is in quarantine or waits for its instance; and
 * the totals hold exactly the events that were counted and not voided.
 */
final class Conservation implements Invariant {

  private static final int MAX_TRIES = 5;

  private final TaskState tasks;
  private final LiveState state;

  Conservation(TaskState tasks, LiveState state) {
    this.tasks = tasks;
    this.state = state;
  }

  @Override
  public String id() {
    return "usage-conservation";
  }

  @Override
  public String description() {
    return "accepted events = aggregated + duplicate + quarantined + voided + pending";
  }

  @Override
  public Optional<String> gauge() {
    return Optional.of("tollgate_conservation_difference");
  }

  @Override
  public AuditFinding check() {
    Map<Integer, TaskState.Snapshot> before = tasks.snapshots();
    List<String> findings = new ArrayList<>();
    long difference = 0;
    long checked = 0;
    for (Map.Entry<Integer, TaskState.Snapshot> task : before.entrySet()) {
      Map<String, Long> counters = task.getValue().counters();
      long off =
          of(counters, "accepted")
              - of(counters, "counted")
              - of(counters, "duplicate")
              - of(counters, "quarantined")
              - of(counters, "pending");
      checked += of(counters, "accepted");
      if (off != 0) {
        difference += Math.abs(off);
        findings.add("partition %d: %d events are unaccounted for".formatted(task.getKey(), off));
      }
    }
    long inSeries = differenceInSeries();
    if (inSeries != 0) {
      difference += Math.abs(inSeries);
      findings.add(
          "the totals hold %d events %s than were counted"
              .formatted(Math.abs(inSeries), inSeries > 0 ? "more" : "fewer"));
    }
    return new AuditFinding(checked, BigDecimal.valueOf(difference), findings);
  }

  /** Looks at the totals while nothing is counted; under steady traffic it shows nothing. */
  private long differenceInSeries() {
    for (int i = 0; i < MAX_TRIES; i++) {
      Map<Integer, TaskState.Snapshot> before = tasks.snapshots();
      AtomicLong events = new AtomicLong();
      try {
        state.allSeries((key, series) -> events.addAndGet(series.events()));
      } catch (LiveState.NotHereException e) {
        return 0;
      }
      if (before.equals(tasks.snapshots())) {
        long contributions =
            before.values().stream().mapToLong(task -> of(task.counters(), "contributions")).sum();
        return events.get() - contributions;
      }
    }
    return 0;
  }

  private static long of(Map<String, Long> counters, String name) {
    return counters.getOrDefault(name, 0L);
  }
}
