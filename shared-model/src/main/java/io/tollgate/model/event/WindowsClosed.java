package io.tollgate.model.event;

import io.tollgate.model.Granularity;
import java.time.Instant;

/**
 * A marker from one aggregation partition to one output partition: every window ending at or before
 * {@code closedUpTo} is closed, with the number of records sent since the previous marker. A
 * consumer that counts can prove that it has everything.
 *
 * @param generation see {@link UsageRecord#generation()}
 * @param partition the aggregation partition <i>p</i>
 * @param outputPartition the output partition <i>q</i>
 * @param sequence 1, 2, 3 ... for each (generation, p, q, granularity)
 * @param granularity see {@link UsageRecord#granularity()}
 * @param closedUpTo no window ending by then is open any more
 * @param tick see {@link UsageRecord#tick()}
 * @param records revisions sent from p to q since the previous marker
 * @param events sum of those revisions' {@link UsageRevision#eventCount()}
 */
public record WindowsClosed(
    String generation,
    int partition,
    int outputPartition,
    long sequence,
    Granularity granularity,
    Instant closedUpTo,
    Instant tick,
    long records,
    long events)
    implements UsageRecord {

  public WindowsClosed {
    if (sequence < 1 || records < 0 || events < 0 || partition < 0 || outputPartition < 0) {
      throw new IllegalArgumentException("sequence from 1, counts and partitions from 0");
    }
  }
}
