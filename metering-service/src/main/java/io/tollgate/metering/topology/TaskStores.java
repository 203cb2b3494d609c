package io.tollgate.metering.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The stores of one task.
 *
 * @param dedup identities by segment of tick time
 * @param series running totals
 * @param dirty series to be emitted, by window end
 * @param members members of UNIQUE_COUNT series with reference counts
 * @param samples values of MAX and LATEST series
 * @param pending events of unknown instances
 * @param uncounted events that were not counted when they came
 * @param instances who pays for an instance
 * @param countedBy which versions of meters counted what
 * @param corrections what came of corrections, and which request has an id of theirs
 * @param progress tick, marker numbers, counters and tallies
 */
record TaskStores(
    IdentityStore dedup,
    SeriesStore series,
    KeyValueStore<Bytes, byte[]> dirty,
    KeyValueStore<Bytes, byte[]> members,
    KeyValueStore<Bytes, byte[]> samples,
    KeyValueStore<Bytes, byte[]> pending,
    KeyValueStore<Bytes, byte[]> uncounted,
    KeyValueStore<Bytes, byte[]> instances,
    KeyValueStore<Bytes, byte[]> countedBy,
    KeyValueStore<Bytes, byte[]> corrections,
    KeyValueStore<Bytes, byte[]> progress) {

  static final String DEDUP = "dedup";
  static final String SERIES = "series";
  static final String DIRTY = "dirty";
  static final String MEMBERS = "members";
  static final String SAMPLES = "samples";
  static final String PENDING = "pending";
  static final String UNCOUNTED = "uncounted";
  static final String INSTANCES = "instances";
  static final String COUNTED_BY = "counted-by";
  static final String CORRECTIONS = "corrections";
  static final String PROGRESS = "progress";

  static TaskStores of(ProcessorContext<?, ?> context) {
    return new TaskStores(
        context.getStateStore(DEDUP),
        context.getStateStore(SERIES),
        context.getStateStore(DIRTY),
        context.getStateStore(MEMBERS),
        context.getStateStore(SAMPLES),
        context.getStateStore(PENDING),
        context.getStateStore(UNCOUNTED),
        context.getStateStore(INSTANCES),
        context.getStateStore(COUNTED_BY),
        context.getStateStore(CORRECTIONS),
        context.getStateStore(PROGRESS));
  }
}
