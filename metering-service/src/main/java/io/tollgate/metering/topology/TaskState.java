package io.tollgate.metering.topology;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the tasks of this instance have come to; for settle checks, metrics and the audit. */
public final class TaskState {

  private final Map<Integer, Snapshot> snapshots = new ConcurrentHashMap<>();
  private final CountingMeters meters;

  TaskState(CountingMeters meters) {
    this.meters = meters;
  }

  /**
   * How far a task is. Equal to itself only: the same snapshot means that nothing happened since.
   */
  public static final class Snapshot {
    private final Optional<Instant> tick;
    private final long offset;
    private final boolean dirty;
    private final long[] counters;

    Snapshot(Optional<Instant> tick, long offset, boolean dirty, long[] counters) {
      this.tick = tick;
      this.offset = offset;
      this.dirty = dirty;
      this.counters = counters;
    }

    /** Its last tick. */
    public Optional<Instant> tick() {
      return tick;
    }

    /** The last record of {@code usage.events} it processed. */
    public long offset() {
      return offset;
    }

    /** Whether a closed window changed since the last tick. */
    public boolean dirty() {
      return dirty;
    }

    /** What became of its events. */
    public Map<String, Long> counters() {
      return Counters.named(counters);
    }
  }

  void show(int partition, Snapshot snapshot) {
    Snapshot before = snapshots.put(partition, snapshot);
    if (before != null) {
      meters.moved(before.counters, snapshot.counters);
    }
  }

  /** Events that were appended at a time have been counted. */
  void counted(long appendedAtMillis, long nowMillis) {
    meters.counted(appendedAtMillis, nowMillis);
  }

  void remove(int partition) {
    snapshots.remove(partition);
  }

  /** The tasks of this instance by partition. */
  public SortedMap<Integer, Snapshot> snapshots() {
    return new TreeMap<>(snapshots);
  }
}
