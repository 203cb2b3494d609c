package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.Position;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.metering.meter.PricedProducts;
import io.tollgate.metering.topology.Counters.Counter;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.Timestamps;
import io.tollgate.model.event.Topics;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of usage: events, ticks, corrections and registrations, in the order of the log.
 *
 * <p>Its time is its last tick; it reads no clock. Data never makes it throw: what cannot be
 * counted goes to quarantine.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class UsageProcessor implements Processor<byte[], byte[], byte[], Output> {

  private static final Logger log = LoggerFactory.getLogger(UsageProcessor.class);
  private static final byte INPUT_USAGE = 0;
  private static final byte INPUT_INSTANCES = 1;

  private final Setup setup;
  private ProcessorContext<byte[], Output> context;
  private TaskStores stores;
  private Progress progress;
  private Counters counters;
  private KnownMeters meters;
  private Fates fates;
  private Counting counting;
  private Expiry expiry;
  private Corrections corrections;
  private Closing closing;
  private CommitPace pace;
  private int partition;
  private Optional<Counting.Moment> time = Optional.empty();
  private boolean dirty;
  private long lastOffset = -1;
  private byte @Nullable [] currentKey;

  /**
   * What all tasks share.
   *
   * @param work counts what all tasks did
   * @param plausible whether a tick may be believed: with the system clock none far ahead of it
   */
  record Setup(
      MeteringSettings settings,
      BillingCalendar calendar,
      MeterDirectory meters,
      PricedProducts products,
      TaskState state,
      String source,
      int partitions,
      AtomicLong work,
      Predicate<Instant> plausible) {}

  UsageProcessor(Setup setup) {
    this.setup = setup;
  }

  @Override
  public void init(ProcessorContext<byte[], Output> processorContext) {
    context = processorContext;
    pace = new CommitPace(context, setup.work());
    partition = context.taskId().partition();
    stores = TaskStores.of(context);
    MeteringSettings settings = setup.settings();
    EventReader reader = new EventReader();
    Windows windows = new Windows(setup.calendar());
    Planner planner = new Planner(windows, setup.products());
    progress = new Progress(stores.progress());
    counters = new Counters(stores.progress());
    meters = KnownMeters.of(stores.countedBy());
    fates = new Fates(stores, settings.maxUncounted());
    counting =
        new Counting(
            reader,
            planner,
            new Counting.Parts(
                new InstanceOwners(stores.instances()),
                meters,
                new Dedup(stores.dedup(), settings.acceptance().plus(settings.future())),
                new Pending(stores.pending()),
                new Totals(stores, counters, settings.maxMembers()),
                fates,
                counters),
            new Counting.Limits(settings.acceptance(), settings.future(), settings.maxPending()),
            this::quarantine);
    corrections =
        new Corrections(reader, planner, counting.parts(), new CorrectionLog(stores.corrections()));
    expiry =
        new Expiry(
            counting,
            stores.countedBy(),
            Dedup.retention(settings.acceptance().plus(settings.future())));
    closing =
        new Closing(
            stores,
            progress,
            meters,
            windows,
            new Closing.Target(
                settings.generation(),
                setup.source(),
                partition,
                setup.partitions(),
                (granularity, key, output) ->
                    forward(
                        key, output, MeteringTopology.sinkOf(granularity), new RecordHeaders())));
    time = progress.tick().map(this::at);
    dirty = time.isPresent() && closing.hasDirty(time.get().closedUpTo());
    show();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record comes from a topic"));
    long lateBefore = counters.get(Counter.LATE);
    long acceptedBefore = counters.get(Counter.ACCEPTED);
    currentKey = record.key();
    byte input = INPUT_USAGE;
    if (metadata.topic().equals(Topics.ACCOUNT_INSTANCES)) {
      input = INPUT_INSTANCES;
      meters.notice(setup.meters(), Position.of(counters.get(Counter.NEXT_OFFSET), 0));
      instance(record.value());
    } else if (record.value() != null) {
      meters.notice(setup.meters(), Position.of(metadata.offset(), 0));
      usage(record, metadata.offset());
      lastOffset = metadata.offset();
      counters.set(Counter.NEXT_OFFSET, lastOffset + 1);
    }
    dirty |= counters.get(Counter.LATE) > lateBefore;
    pace.count(1 + counters.get(Counter.ACCEPTED) - acceptedBefore);
    counting.parts().dedup().save(input, metadata.offset());
    counters.save();
    fates.save();
    show();
  }

  private void usage(Record<byte[], byte[]> record, long offset) {
    RecordKind kind = RecordKind.of(record.headers()).orElse(null);
    if (kind == null) {
      asAWhole(record, "unknown-kind", offset);
      return;
    }
    switch (kind) {
      case EVENT -> counted(List.of(record.value()), record, offset);
      case EVENTS -> events(record, offset);
      case TICK -> tick(record.value());
      case VOID, AMEND, ADD ->
          decided(kind, record.headers(), correct(kind, record, offset), offset);
      case CLAIM -> decided(kind, record.headers(), corrections.claim(record.headers()), offset);
    }
  }

  private void events(Record<byte[], byte[]> record, long offset) {
    List<byte[]> events = EventPack.events(record.value(), record.headers()).orElse(List.of());
    if (events.isEmpty()) {
      asAWhole(record, "unreadable", offset);
    }
    counted(events, record, offset);
  }

  private void counted(List<byte[]> events, Record<byte[], byte[]> record, long offset) {
    counting.events(events, EventPack.platform(record.headers()), offset, time);
    setup.state().counted(record.timestamp(), context.currentSystemTimeMs());
  }

  /** A record whose events nobody can tell is kept with what says how to read it. */
  private void asAWhole(Record<byte[], byte[]> record, String reason, long offset) {
    EventOrigin origin =
        new EventOrigin(EventPack.platform(record.headers()), Position.of(offset, 0));
    counting.refusedAsAWhole(origin.platform(), reason);
    Headers headers = quarantined(reason, origin);
    for (String name : List.of(RecordKind.HEADER, EventPack.LENGTHS)) {
      Header header = record.headers().lastHeader(name);
      if (header != null) {
        headers.add(header);
      }
    }
    forward(
        currentKey,
        new Output(partition, record.value()),
        MeteringTopology.QUARANTINE_SINK,
        headers);
  }

  private void instance(byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    try {
      counting
          .parts()
          .owners()
          .take(value)
          .ifPresent(instance -> time.ifPresent(moment -> counting.registered(instance, moment)));
    } catch (MalformedEventException e) {
      log.error("A record of {} cannot be read and is skipped", Topics.ACCOUNT_INSTANCES, e);
    }
  }

  private void tick(byte[] value) {
    Instant tick = tickOf(value).orElse(null);
    if (tick == null || !setup.plausible().test(tick)) {
      log.warn("A tick is rejected: {}", tick);
      return;
    }
    boolean again = time.isPresent() && time.get().tick().equals(tick);
    if (time.isPresent() && (tick.isBefore(time.get().tick()) || (again && !dirty))) {
      return;
    }
    Counting.Moment moment = at(tick);
    closing.close(time.map(Counting.Moment::closedUpTo), moment.closedUpTo(), tick);
    expiry.run(time.map(Counting.Moment::tick), moment);
    time = Optional.of(moment);
    dirty = false;
    progress.tick(tick);
  }

  private String correct(RecordKind kind, Record<byte[], byte[]> record, long offset) {
    return time.map(
            moment ->
                corrections.apply(
                    kind,
                    record.value(),
                    record.headers(),
                    new Corrections.Moment(
                        moment.tick(),
                        moment.closedUpTo(),
                        moment.tick().plus(setup.settings().future()),
                        Position.of(offset, 0))))
        .orElse("no-tick-yet");
  }

  private void decided(RecordKind kind, Headers headers, String outcome, long offset) {
    Correction correction = Correction.of(headers);
    Optional<Instant> tick = time.map(Counting.Moment::tick);
    forward(
        correction.id().getBytes(UTF_8),
        new Output(
            partition,
            new CorrectionOutcome(correction, kind, outcome, partition, offset, tick).bytes()),
        MeteringTopology.CORRECTIONS_SINK,
        new RecordHeaders());
  }

  private void quarantine(
      Optional<String> instance, byte[] bytes, String reason, EventOrigin origin) {
    byte[] key = instance.map(name -> name.getBytes(UTF_8)).orElse(currentKey);
    forward(
        key,
        new Output(partition, bytes),
        MeteringTopology.QUARANTINE_SINK,
        quarantined(reason, origin));
  }

  private Headers quarantined(String reason, EventOrigin origin) {
    Headers headers = new RecordHeaders();
    headers.add("tollgate-reason", reason.getBytes(UTF_8));
    headers.add("tollgate-position", Long.toString(origin.position()).getBytes(UTF_8));
    headers.add(EventPack.PLATFORM, origin.platform().getBytes(UTF_8));
    time.ifPresent(
        moment -> headers.add("tollgate-tick", moment.tick().toString().getBytes(UTF_8)));
    return headers;
  }

  @SuppressWarnings("NullAway") // Kafka's keys may be null
  private void forward(byte @Nullable [] key, Output output, String sink, Headers headers) {
    context.forward(new Record<>(key, output, context.currentSystemTimeMs(), headers), sink);
  }

  private Counting.Moment at(Instant tick) {
    return new Counting.Moment(tick, tick.minus(setup.settings().grace()));
  }

  private static Optional<Instant> tickOf(byte[] value) {
    try {
      return Optional.of(Timestamps.parse(new String(value, UTF_8)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void show() {
    setup
        .state()
        .show(
            partition,
            new TaskState.Snapshot(
                time.map(Counting.Moment::tick), lastOffset, dirty, counters.snapshot()));
  }

  @Override
  public void close() {
    setup.state().remove(partition);
  }
}
