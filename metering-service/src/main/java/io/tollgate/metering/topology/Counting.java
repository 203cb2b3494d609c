package io.tollgate.metering.topology;

import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.Position;
import io.tollgate.metering.meter.MeterCatalogue;
import io.tollgate.metering.topology.Counters.Counter;
import io.tollgate.metering.topology.Remembered.Standing;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.support.FaultPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each event: counted, duplicate, pending or quarantined, exactly one of
 * them, by the log alone.
 */
final class Counting {

  private final EventReader reader;
  private final Planner planner;
  private final Parts parts;
  private final Limits limits;
  private final Quarantine quarantine;

  /** What it works with. */
  record Parts(
      InstanceOwners owners,
      KnownMeters meters,
      Dedup dedup,
      Pending pending,
      Totals totals,
      Fates fates,
      Counters counters) {}

  /** Horizons and bounds. */
  record Limits(Duration acceptance, Duration future, long maxPending) {}

  /** Takes what cannot be counted. */
  @FunctionalInterface
  interface Quarantine {

    /**
     * Keeps an event.
     *
     * @param instance what was used; empty where the event cannot be read
     * @param reason a stable word
     * @param origin who posted it and where it lies
     */
    void put(Optional<String> instance, byte[] bytes, String reason, EventOrigin origin);
  }

  /** The task's time. */
  record Moment(Instant tick, Instant closedUpTo) {}

  Counting(EventReader reader, Planner planner, Parts parts, Limits limits, Quarantine quarantine) {
    this.reader = reader;
    this.planner = planner;
    this.parts = parts;
    this.limits = limits;
    this.quarantine = quarantine;
  }

  /**
   * The events of a record of the log.
   *
   * @param platform who posted them
   * @param offset of the record
   */
  void events(List<byte[]> events, String platform, long offset, Optional<Moment> time) {
    parts.counters().add(Counter.ACCEPTED, events.size());
    List<Reading> readings = new ArrayList<>(events.size());
    List<Identity> identities = new ArrayList<>(events.size());
    MeterCatalogue meters = parts.meters().now();
    for (byte[] event : events) {
      Reading reading = reader.read(event, meters::pointers);
      readings.add(reading);
      if (reading instanceof Reading.Read read) {
        identities.add(read.event().identity());
      }
    }
    Iterator<@Nullable Remembered> stored =
        time.map(moment -> parts.dedup().stored(identities, moment.tick()).iterator())
            .orElse(Collections.emptyIterator());
    for (int i = 0; i < readings.size(); i++) {
      EventOrigin origin = new EventOrigin(platform, Position.of(offset, i));
      switch (readings.get(i)) {
        case Reading.Refused refused -> refuseUnread(events.get(i), "unreadable", origin);
        case Reading.Read read -> {
          if (time.isEmpty()) {
            refuse(read.event(), "no-tick-yet", origin);
          } else {
            event(read.event(), stored.next(), origin, time.get());
          }
        }
      }
    }
  }

  /** A record of the log whose events nobody can tell counts as one event. */
  void refusedAsAWhole(String platform, String reason) {
    parts.fates().came(platform, reason);
    parts.counters().add(Counter.ACCEPTED, 1);
    parts.counters().add(Counter.QUARANTINED, 1);
  }

  private void event(
      UsageEvent event, @Nullable Remembered stored, EventOrigin origin, Moment moment) {
    Optional<Remembered> known = parts.dedup().find(event.identity(), stored);
    if (known.isPresent()) {
      if (known.get().payloadHash() == event.payloadHash()) {
        parts.counters().add(Counter.DUPLICATE, 1);
        parts.fates().came(origin.platform(), Uncounted.DUPLICATE);
        parts.fates().keep(event, Uncounted.DUPLICATE, origin, moment.tick());
      } else {
        refuse(event, "conflict", origin, moment);
      }
    } else if (event.time().isBefore(moment.tick().minus(limits.acceptance()))) {
      refuse(event, "late", origin, moment);
    } else if (event.time().isAfter(moment.tick().plus(limits.future()))) {
      refuse(event, "future", origin, moment);
    } else {
      accept(event, origin, moment);
    }
  }

  private void accept(UsageEvent event, EventOrigin origin, Moment moment) {
    Optional<InstanceRecord> instance = parts.owners().of(event.instance());
    Standing standing = Standing.COUNTED;
    if (instance.isPresent()) {
      switch (count(event, instance.get(), origin.position(), moment)) {
        case Contribution.Plan.Refused refused -> {
          refuse(event, refused.reason(), origin, moment);
          return;
        }
        case Contribution.Plan.Counts counts -> standing = counts.standing();
      }
      parts.fates().came(origin.platform(), Fates.COUNTED);
    } else if (parts.counters().get(Counter.PENDING) >= limits.maxPending()) {
      refuse(event, "too-many-pending", origin, moment);
      return;
    } else {
      parts.pending().put(event.instance(), origin, moment.tick(), event.bytes());
      parts.fates().came(origin.platform(), Uncounted.WAITING);
      parts.counters().add(Counter.PENDING, 1);
    }
    parts.dedup().remember(event, origin.position(), standing, moment.tick());
    FaultPoint.METERING_AFTER_DEDUP.reach();
  }

  /** Counts what waited for an instance that is now known. */
  void registered(InstanceRecord instance, Moment moment) {
    List<Pending.Waiting> waiting = parts.pending().of(instance.instance().value());
    if (!waiting.isEmpty()) {
      parts.meters().countsWhatWaited(instance.instance().value(), moment.tick());
    }
    while (!waiting.isEmpty()) {
      waiting.forEach(one -> resolve(one, instance, moment));
      waiting = parts.pending().of(instance.instance().value());
    }
  }

  private void resolve(Pending.Waiting waiting, InstanceRecord instance, Moment moment) {
    EventOrigin origin = noLongerWaits(waiting);
    if (reader.read(waiting.bytes()) instanceof Reading.Read read) {
      switch (count(read.event(), instance, waiting.position(), moment)) {
        case Contribution.Plan.Counts counts -> {
          parts.fates().came(origin.platform(), Fates.COUNTED);
          nowStands(read.event(), counts.standing(), moment);
        }
        case Contribution.Plan.Refused refused -> {
          nowStands(read.event(), Standing.FORGOTTEN, moment);
          refuse(read.event(), refused.reason(), origin, moment);
        }
      }
    } else {
      refuseUnread(waiting.bytes(), "unreadable", origin);
    }
  }

  private EventOrigin noLongerWaits(Pending.Waiting waiting) {
    parts.pending().remove(waiting);
    parts.counters().add(Counter.PENDING, -1);
    parts.fates().left(waiting.platform(), Uncounted.WAITING);
    return new EventOrigin(waiting.platform(), waiting.position());
  }

  /** Forgets whose time is over: of what waited nobody registered the instance. */
  void expire(Moment moment) {
    parts.fates().expire(moment.tick().minus(limits.acceptance()).minus(limits.future()));
    Instant limit = moment.tick().minus(limits.acceptance());
    List<Pending.Waiting> waiting = parts.pending().before(limit);
    while (!waiting.isEmpty()) {
      for (Pending.Waiting one : waiting) {
        EventOrigin origin = noLongerWaits(one);
        if (reader.read(one.bytes()) instanceof Reading.Read read) {
          nowStands(read.event(), Standing.FORGOTTEN, moment);
          refuse(read.event(), "unknown-instance", origin, moment);
        } else {
          refuseUnread(one.bytes(), "unreadable", origin);
        }
      }
      waiting = parts.pending().before(limit);
    }
  }

  /**
   * Corrects what is remembered of an event that waited. One that is refused is forgotten, so that
   * a replay from quarantine is not taken for a duplicate.
   */
  private void nowStands(UsageEvent event, Standing standing, Moment moment) {
    parts
        .dedup()
        .find(event.identity(), moment.tick())
        .filter(known -> known.standing() != standing)
        .ifPresent(known -> parts.dedup().put(known.as(standing)));
  }

  /** Counts an event, unless it is refused. */
  private Contribution.Plan count(
      UsageEvent event, InstanceRecord instance, long position, Moment moment) {
    Contribution.Plan plan = planner.plan(event, instance, parts.meters().now());
    if (plan instanceof Contribution.Plan.Counts counts) {
      if (!parts.totals().fits(counts.contributions())) {
        return new Contribution.Plan.Refused("too-many-members");
      }
      parts.totals().add(counts.contributions(), event.time(), position, moment.closedUpTo());
      parts.counters().add(Counter.COUNTED, 1);
    }
    return plan;
  }

  private void refuse(UsageEvent event, String reason, EventOrigin origin, Moment moment) {
    parts.fates().keep(event, reason, origin, moment.tick());
    refuse(event, reason, origin);
  }

  private void refuse(UsageEvent event, String reason, EventOrigin origin) {
    parts.counters().add(Counter.QUARANTINED, 1);
    parts.fates().came(origin.platform(), reason);
    quarantine.put(Optional.of(event.instance()), event.bytes(), reason, origin);
  }

  private void refuseUnread(byte[] bytes, String reason, EventOrigin origin) {
    parts.counters().add(Counter.QUARANTINED, 1);
    parts.fates().came(origin.platform(), reason);
    quarantine.put(Optional.empty(), bytes, reason, origin);
  }

  Parts parts() {
    return parts;
  }
}
