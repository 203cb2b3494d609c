package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.RevisionId;
import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.messaging.KeyPartitions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Emits the totals of closed windows, then tells every output partition how many it sent.
 *
 * <p>Everything of one tick is sent while its record is processed, so in one Kafka transaction:
 * what a marker counts is exactly what a reader finds before it.
 */
final class Closing {

  static final byte[] PRESENT = {1};

  private static final int SLICE = 10_000;
  private static final Bytes FIRST = Bytes.wrap(new byte[8]);

  private final TaskStores stores;
  private final Progress progress;
  private final KnownMeters meters;
  private final Windows windows;
  private final Target target;
  private final Map<Granularity, Sent> sent = new EnumMap<>(Granularity.class);

  /**
   * Where emissions go.
   *
   * @param generation of topics and state
   * @param source the CloudEvents source
   * @param partition the aggregation partition
   * @param outputs number of output partitions
   * @param sink takes them
   */
  record Target(String generation, String source, int partition, int outputs, Sink sink) {}

  /** Takes emissions. */
  @FunctionalInterface
  interface Sink {
    void send(Granularity granularity, byte @Nullable [] key, Output output);
  }

  /** What was sent to each output partition since its last marker. */
  private static final class Sent {
    private final long[] marker;
    private final long[] records;
    private final long[] events;

    Sent(int outputs) {
      marker = new long[outputs];
      records = new long[outputs];
      events = new long[outputs];
    }
  }

  Closing(
      TaskStores stores, Progress progress, KnownMeters meters, Windows windows, Target target) {
    this.stores = stores;
    this.progress = progress;
    this.meters = meters;
    this.windows = windows;
    this.target = target;
    for (Granularity granularity : Granularity.values()) {
      sent.put(granularity, new Sent(target.outputs()));
    }
  }

  /** Whether a closed window has a series that is not emitted. */
  boolean hasDirty(Instant closedUpTo) {
    return !slice(FIRST, closedUpTo, 1).isEmpty();
  }

  /**
   * Emits every listed series of windows ending by an instant, then the markers.
   *
   * @param before the instant of the tick before; empty at the first one
   * @param closedUpTo no window ending by then is open any more
   */
  void close(Optional<Instant> before, Instant closedUpTo, Instant tick) {
    List<Bytes> slice = slice(FIRST, closedUpTo, SLICE);
    while (!slice.isEmpty()) {
      slice.forEach(key -> emit(key, tick));
      slice = slice(slice.getLast(), closedUpTo, SLICE);
    }
    FaultPoint.METERING_BEFORE_MARKERS.reach();
    for (Granularity granularity : Granularity.values()) {
      boolean crossed =
          before.isEmpty() || windows.of(granularity, closedUpTo).start().isAfter(before.get());
      mark(granularity, closedUpTo, tick, crossed);
    }
  }

  /**
   * The next listed series.
   *
   * @param from where to begin; one that was emitted is not listed any more, and to begin before it
   *     would cost a look at everything deleted since
   */
  private List<Bytes> slice(Bytes from, Instant closedUpTo, int limit) {
    Bytes to = Bytes.wrap(ByteBuffer.allocate(8).putLong(closedUpTo.getEpochSecond() + 1).array());
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> dirty = stores.dirty().range(from, to)) {
      while (dirty.hasNext() && keys.size() < limit) {
        KeyValue<Bytes, byte[]> next = dirty.next();
        keys.add(next.key);
      }
    }
    return keys;
  }

  private void emit(Bytes dirtyKey, Instant tick) {
    stores.dirty().delete(dirtyKey);
    byte[] key = StoreKeys.seriesOf(dirtyKey);
    SeriesState listed = stores.series().get(Bytes.wrap(key));
    if (listed == null) {
      throw new IllegalStateException("a series is listed and not there");
    }
    SeriesState state = listed.emitted();
    stores.series().put(Bytes.wrap(key), state);
    SeriesKey series = SeriesKey.of(key);
    byte[] account = series.account().value().getBytes(StandardCharsets.UTF_8);
    int q = new KeyPartitions(target.outputs()).of(account);
    Sent counts = sentOf(series.granularity());
    if (counts.records[q] == 0) {
      counts.marker[q] = lastSequence(series.granularity(), q) + 1;
    }
    counts.records[q]++;
    var place = new UsageRevision.Place(counts.marker[q], counts.records[q]);
    UsageRevision revision = revision(series, state, tick, place);
    counts.events[q] += revision.eventCount();
    send(
        series.granularity(),
        q,
        account,
        series.account().value(),
        RevisionId.of(target.generation(), series, key, state.revision()),
        revision);
  }

  private UsageRevision revision(
      SeriesKey series, SeriesState state, Instant tick, UsageRevision.Place place) {
    String unit =
        meters
            .now()
            .effective(series.meter(), series.windowStart())
            .map(MeterDefinition::unit)
            .orElse("1");
    return new UsageRevision(
        series.account(),
        series.instance(),
        series.product(),
        series.meter(),
        unit,
        series.dimensions(),
        series.granularity(),
        series.windowStart(),
        Instant.ofEpochSecond(state.windowEnd()),
        state.quantity(),
        state.events(),
        state.revision(),
        target.generation(),
        target.partition(),
        tick,
        Optional.of(place));
  }

  private void mark(Granularity granularity, Instant closedUpTo, Instant tick, boolean crossed) {
    Sent counts = sentOf(granularity);
    for (int q = 0; q < target.outputs(); q++) {
      if (crossed || counts.records[q] > 0) {
        long sequence = nextSequence(granularity, q);
        WindowsClosed closed =
            new WindowsClosed(
                target.generation(),
                target.partition(),
                q,
                sequence,
                granularity,
                closedUpTo,
                tick,
                counts.records[q],
                counts.events[q]);
        counts.records[q] = 0;
        counts.events[q] = 0;
        String id =
            "%s-closed-%s-%d-%d-%d"
                .formatted(target.generation(), granularity, target.partition(), q, sequence);
        send(granularity, q, null, "metering-" + target.partition(), id, closed);
      }
    }
  }

  private void send(
      Granularity granularity,
      int q,
      byte @Nullable [] key,
      String subject,
      String id,
      UsageRecord data) {
    EventEnvelope<UsageRecord> envelope =
        new EventEnvelope<>(
            id,
            target.source(),
            UsageRecord.CODEC.typeOf(data),
            subject,
            data.tick(),
            0,
            0,
            Optional.empty(),
            data);
    target.sink().send(granularity, key, new Output(q, UsageRecord.CODEC.encode(envelope)));
  }

  private long nextSequence(Granularity granularity, int q) {
    long next = lastSequence(granularity, q) + 1;
    progress.sequence(granularity, q, next);
    return next;
  }

  private long lastSequence(Granularity granularity, int q) {
    return progress.lastSequence(granularity, q);
  }

  private Sent sentOf(Granularity granularity) {
    Sent counts = sent.get(granularity);
    if (counts == null) {
      throw new IllegalStateException("no counts of " + granularity);
    }
    return counts;
  }
}
