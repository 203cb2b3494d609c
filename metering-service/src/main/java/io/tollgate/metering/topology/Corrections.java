package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.Value;
import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.topology.Counters.Counter;
import io.tollgate.metering.topology.Remembered.Standing;
import io.tollgate.model.Identifiers;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Quantity;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MeterDefinition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Applies voids, amendments and additions, and reports the outcome of each. The order of the log
 * decides, not the node that received the request.
 */
final class Corrections {

  private static final String BELOW_ZERO = "below-zero";
  private static final String KEY_REUSED = "idempotency-key-reused";
  private static final String NOT_REMEMBERED = "event-not-remembered";
  private static final String NO_SERIES = "series-not-there";
  private static final String UNREADABLE = "unreadable";

  private final EventReader reader;
  private final Planner planner;
  private final InstanceOwners owners;
  private final KnownMeters meters;
  private final Dedup dedup;
  private final Pending pending;
  private final Totals totals;
  private final Fates fates;
  private final Counters counters;
  private final CorrectionLog done;

  Corrections(EventReader reader, Planner planner, Counting.Parts parts, CorrectionLog done) {
    this.done = done;
    this.reader = reader;
    this.planner = planner;
    this.owners = parts.owners();
    this.meters = parts.meters();
    this.dedup = parts.dedup();
    this.pending = parts.pending();
    this.totals = parts.totals();
    this.fates = parts.fates();
    this.counters = parts.counters();
  }

  /** What is known when a correction comes. */
  record Moment(Instant tick, Instant closedUpTo, Instant latest, long position) {}

  /**
   * Applies a correction once: its id again gives the first outcome.
   *
   * @return {@value CorrectionOutcome#APPLIED}, or why not
   */
  String apply(RecordKind kind, byte[] value, Headers headers, Moment moment) {
    Correction correction = Correction.of(headers);
    CorrectionLog.Done before = done.find(correction.id()).orElse(null);
    if (before != null) {
      return before.request().equals(correction.request()) ? before.outcome() : KEY_REUSED;
    }
    String outcome =
        switch (kind) {
          case VOID -> voidEvent(value, headers, moment);
          case AMEND -> amend(value, headers, moment);
          case ADD -> add(value, moment);
          case EVENT, EVENTS, TICK, CLAIM -> throw new IllegalArgumentException("no correction");
        };
    done.put(correction.id(), new CorrectionLog.Done(correction.request(), outcome));
    return outcome;
  }

  /**
   * Takes a correction's id for its request.
   *
   * @return {@value CorrectionOutcome#CLAIMED}, or why not
   */
  String claim(Headers headers) {
    Correction correction = Correction.of(headers);
    return done.claim(correction.id(), correction.request())
        ? CorrectionOutcome.CLAIMED
        : KEY_REUSED;
  }

  /** Takes an event back. */
  private String voidEvent(byte[] value, Headers headers, Moment moment) {
    UsageEvent event = read(value);
    if (event == null) {
      return UNREADABLE;
    }
    long position = Correction.position(headers);
    Remembered entry = dedup.find(event.identity(), moment.tick()).orElse(null);
    String refusal = mismatch(entry, event, position);
    if (refusal != null || entry == null) {
      return refusal == null ? NOT_REMEMBERED : refusal;
    }
    String platform = EventPack.platform(headers);
    if (pending.contains(event.instance(), position)) {
      pending.remove(event.instance(), position);
      fates.left(platform, Uncounted.WAITING);
      counters.add(Counter.PENDING, -1);
      counters.add(Counter.COUNTED, 1);
    } else {
      List<Contribution> gone =
          counted(event, meters.stageOf(event.instance(), position), entry.standing());
      if (gone.isEmpty()) {
        return NO_SERIES;
      }
      if (!totals.staysPositive(gone, List.of())) {
        return BELOW_ZERO;
      }
      totals.remove(gone, event.time(), position, moment.closedUpTo());
      fates.left(platform, Fates.COUNTED);
    }
    fates.came(platform, Fates.VOIDED);
    dedup.put(entry.as(Standing.VOIDED));
    counters.add(Counter.VOIDED, 1);
    return CorrectionOutcome.APPLIED;
  }

  /** Replaces an event by another of the same identity. */
  private String amend(byte[] value, Headers headers, Moment moment) {
    UsageEvent before = Correction.original(headers).map(this::read).orElse(null);
    UsageEvent after = read(value);
    if (before == null || after == null || !before.identity().equals(after.identity())) {
      return UNREADABLE;
    }
    if (after.time().isAfter(moment.latest())) {
      return "future";
    }
    long position = Correction.position(headers);
    Remembered entry = dedup.find(before.identity(), moment.tick()).orElse(null);
    String refusal = mismatch(entry, before, position);
    if (refusal != null || entry == null) {
      return refusal == null ? NOT_REMEMBERED : refusal;
    }
    if (pending.contains(before.instance(), position)) {
      pending.remove(before.instance(), position);
      EventOrigin origin = new EventOrigin(EventPack.platform(headers), moment.position());
      pending.put(after.instance(), origin, moment.tick(), after.bytes());
      dedup.replace(entry, after, moment.position(), Standing.COUNTED, moment.tick());
      return CorrectionOutcome.APPLIED;
    }
    return replace(before, entry, after, moment);
  }

  /** Takes away what one event added, and adds another. */
  private String replace(UsageEvent before, Remembered entry, UsageEvent after, Moment moment) {
    int counted = meters.stageOf(before.instance(), entry.position());
    List<Contribution> gone = counted(before, counted, entry.standing());
    InstanceRecord instance = owners.of(after.instance()).orElse(null);
    if (gone.isEmpty() || instance == null) {
      return NO_SERIES;
    }
    boolean byTheSame = before.type().equals(after.type());
    int stage = byTheSame ? counted : meters.stage();
    if (!meters.at(stage).countsAs(meters.now(), after.type(), after.time())) {
      return "meters-changed";
    }
    return switch (planner.plan(after, instance, meters.at(stage))) {
      case Contribution.Plan.Refused refused -> refused.reason();
      case Contribution.Plan.Counts counts -> {
        List<Contribution> come = counts.contributions();
        if (!totals.fits(come)) {
          yield "too-many-members";
        }
        if (!totals.staysPositive(gone, come)) {
          yield BELOW_ZERO;
        }
        totals.remove(gone, before.time(), entry.position(), moment.closedUpTo());
        totals.add(come, after.time(), moment.position(), moment.closedUpTo());
        if (stage != meters.stage()) {
          meters.countsAmended(moment.position(), stage, moment.tick());
        }
        dedup.replace(entry, after, moment.position(), counts.standing(), moment.tick());
        yield CorrectionOutcome.APPLIED;
      }
    };
  }

  /** Adds usage to past windows. */
  private String add(byte[] value, Moment moment) {
    Addition addition = addition(value).orElse(null);
    if (addition == null
        || !Identifiers.isValid(addition.meter())
        || !Quantity.withinBounds(addition.quantity())) {
      return UNREADABLE;
    }
    if (addition.time().isAfter(moment.latest())) {
      return "future";
    }
    InstanceRecord instance = owners.of(addition.instance()).orElse(null);
    MeterDefinition meter =
        meters.now().effective(MeterKey.of(addition.meter()), addition.time()).orElse(null);
    if (instance == null || meter == null) {
      return instance == null ? "unknown-instance" : "unknown-meter";
    }
    if (Planner.hasEnded(instance, addition.time())) {
      return "instance-ended";
    }
    if (!planner.reachesBills(meter, instance)) {
      return "other-windows";
    }
    if (!meter.dimensions().keySet().equals(addition.dimensions().keySet())) {
      return "other-dimensions";
    }
    if (!addition.dimensions().values().stream().allMatch(Value::isDimension)) {
      return "dimension-unbounded";
    }
    if (meter.aggregation() != Aggregation.SUM && meter.aggregation() != Aggregation.COUNT) {
      return "not-additive";
    }
    List<Contribution> contributions = planned(addition, meter, instance);
    if (contributions.isEmpty()) {
      return UNREADABLE;
    }
    if (!totals.staysPositive(contributions, addition.quantity())) {
      return BELOW_ZERO;
    }
    totals.adjust(contributions, addition.quantity(), moment.closedUpTo());
    return CorrectionOutcome.APPLIED;
  }

  /** Where an addition goes; empty where its time has no windows. Nothing is written before. */
  private List<Contribution> planned(
      Addition addition, MeterDefinition meter, InstanceRecord instance) {
    List<Contribution> contributions = new ArrayList<>();
    try {
      Instant time = addition.time();
      var source = new Planner.Source(time, instance, planner.standing(instance, time));
      planner.contribute(contributions, source, meter, addition.dimensions(), Value.OCCURRENCE);
      return contributions;
    } catch (DateTimeException | ArithmeticException e) {
      return List.of();
    }
  }

  private static @Nullable String mismatch(
      @Nullable Remembered entry, UsageEvent event, long position) {
    if (entry == null) {
      return NOT_REMEMBERED;
    }
    if (entry.standing() == Standing.VOIDED) {
      return "already-voided";
    }
    return entry.position() == position && entry.payloadHash() == event.payloadHash()
        ? null
        : "not-counted-there";
  }

  /** What an event added; empty where its series do not have it. */
  private List<Contribution> counted(UsageEvent event, int stage, Standing standing) {
    return owners
        .of(event.instance())
        .map(instance -> planner.added(event, instance, meters.at(stage), standing))
        .filter(Contribution.Plan.Counts.class::isInstance)
        .map(plan -> ((Contribution.Plan.Counts) plan).contributions())
        .filter(totals::allHaveEvents)
        .orElse(List.of());
  }

  private @Nullable UsageEvent read(byte[] bytes) {
    return reader.read(bytes) instanceof Reading.Read read ? read.event() : null;
  }

  private static Optional<Addition> addition(byte[] value) {
    try {
      return Optional.of(Addition.of(value));
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
