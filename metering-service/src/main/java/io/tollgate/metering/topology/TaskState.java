package io.tollgate.metering.topology;

import io.tollgate.metering.topology.Counters.Counter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the tasks of this instance have come to; for settle checks, metrics and the audit. */
public final class TaskState {

  private final Map<Integer, Snapshot> snapshots = new ConcurrentHashMap<>();

  /**
   * How far a task is.
   *
   * @param tick its last tick
   * @param offset the last record of {@code usage.events} it processed
   * @param dirty whether a closed window changed since the last tick
   * @param counters what became of its records
   */
  public record Snapshot(
      Optional<Instant> tick, long offset, boolean dirty, Map<String, Long> counters) {}

  void show(int partition, Optional<Instant> tick, long offset, boolean dirty, Counters counters) {
    Map<String, Long> named = new TreeMap<>();
    for (Map.Entry<Counter, Long> entry : counters.snapshot().entrySet()) {
      named.put(entry.getKey().name().toLowerCase(java.util.Locale.ROOT), entry.getValue());
    }
    snapshots.put(partition, new Snapshot(tick, offset, dirty, named));
  }

  void remove(int partition) {
    snapshots.remove(partition);
  }

  /** The tasks of this instance by partition. */
  public SortedMap<Integer, Snapshot> snapshots() {
    return new TreeMap<>(snapshots);
  }
}
