package io.tollgate.billing.money;

import static io.tollgate.model.Instants.later;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects checkpoints during a replay. A checkpoint is possible only after movements that were
 * also booked before all those that are still to be replayed.
 */
final class Checkpoints {
  private final int every;
  private final long[] earliestLater;
  private final List<Checkpoint> made = new ArrayList<>();
  private Instant valueTime;
  private long latest;
  private int since;
  private int replayed;

  /**
   * @param every the least number of movements between two checkpoints
   * @param sorted the movements in the order of the replay
   */
  Checkpoints(int every, Checkpoint start, List<Movement> sorted) {
    this.every = every;
    this.latest = start.sequence();
    this.valueTime = start.valueTime();
    this.earliestLater = new long[sorted.size() + 1];
    earliestLater[sorted.size()] = Long.MAX_VALUE;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      earliestLater[i] = Math.min(sorted.get(i).sequence(), earliestLater[i + 1]);
    }
  }

  /** Records that the next movement was replayed. */
  void moved(Movement movement, Instant accruedTo, Books books) {
    replayed++;
    since++;
    latest = Math.max(latest, movement.sequence());
    valueTime = later(valueTime, movement.valueTime());
    if (since >= every && latest < earliestLater[replayed]) {
      made.add(new Checkpoint(latest, valueTime, accruedTo, books.balances()));
      since = 0;
    }
  }

  List<Checkpoint> made() {
    return made;
  }
}
