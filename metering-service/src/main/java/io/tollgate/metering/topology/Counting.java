package io.tollgate.metering.topology;

import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.Position;
import io.tollgate.metering.topology.Counters.Counter;
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
      Payer payer,
      KnownMeters meters,
      Dedup dedup,
      Pending pending,
      Totals totals,
      Counters counters) {}

  /** Horizons and bounds. */
  record Limits(Duration acceptance, Duration future, long maxPending) {}

  /** Takes what can't be counted. */
  @FunctionalInterface
  interface Quarantine {

    /**
     * Keeps an event.
     *
     * @param instance what was used; empty where the event can't be read
     * @param reason a stable word
     * @param position where the event lies
     */
    void put(Optional<String> instance, byte[] bytes, String reason, long position);
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
   * @param offset of the record
   */
  void events(List<byte[]> events, long offset, Optional<Moment> time) {
    parts.counters().add(Counter.ACCEPTED, events.size());
    List<Reading> readings = new ArrayList<>(events.size());
    List<Identity> identities = new ArrayList<>(events.size());
    for (byte[] event : events) {
      Reading reading = reader.read(event);
      readings.add(reading);
      if (reading instanceof Reading.Read read) {
        identities.add(read.event().identity());
      }
    }
    Iterator<@Nullable Remembered> stored =
        time.map(moment -> parts.dedup().stored(identities, moment.tick()).iterator())
            .orElse(Collections.emptyIterator());
    for (int i = 0; i < readings.size(); i++) {
      long position = Position.of(offset, i);
      switch (readings.get(i)) {
        case Reading.Refused refused -> refuseUnread(events.get(i), "unreadable", position);
        case Reading.Read read -> {
          if (time.isEmpty()) {
            refuse(read.event(), "no-tick-yet", position);
          } else {
            event(read.event(), stored.next(), position, time.get());
          }
        }
      }
    }
  }

  /** A record of the log whose events nobody can tell counts as one event. */
  void refusedAsAWhole() {
    parts.counters().add(Counter.ACCEPTED, 1);
    parts.counters().add(Counter.QUARANTINED, 1);
  }

  private void event(UsageEvent event, @Nullable Remembered stored, long position, Moment moment) {
    Optional<Remembered> known = parts.dedup().find(event.identity(), stored);
    if (known.isPresent()) {
      if (known.get().payloadHash() == event.payloadHash()) {
        parts.counters().add(Counter.DUPLICATE, 1);
      } else {
        refuse(event, "conflict", position);
      }
    } else if (event.time().isBefore(moment.tick().minus(limits.acceptance()))) {
      refuse(event, "late", position);
    } else if (event.time().isAfter(moment.tick().plus(limits.future()))) {
      refuse(event, "future", position);
    } else {
      accept(event, position, moment);
    }
  }

  private void accept(UsageEvent event, long position, Moment moment) {
    Optional<InstanceRecord> instance = parts.payer().of(event.instance());
    if (instance.isPresent()) {
      String refusal = count(event, instance.get(), position, moment);
      if (!refusal.isEmpty()) {
        refuse(event, refusal, position);
        return;
      }
    } else if (parts.counters().get(Counter.PENDING) >= limits.maxPending()) {
      refuse(event, "too-many-pending", position);
      return;
    } else {
      parts.pending().put(event.instance(), position, moment.tick(), event.bytes());
      parts.counters().add(Counter.PENDING, 1);
    }
    parts.dedup().remember(event.identity(), event.payloadHash(), position, moment.tick());
    FaultPoint.METERING_AFTER_DEDUP.reach();
  }

  /** Counts what waited for an instance that is now known. */
  void registered(InstanceRecord instance, Moment moment) {
    List<Pending.Waiting> waiting = parts.pending().of(instance.instance().value());
    if (!waiting.isEmpty()) {
      parts.meters().countsWhatWaited(instance.instance().value());
    }
    while (!waiting.isEmpty()) {
      waiting.forEach(one -> resolve(one, instance, moment));
      waiting = parts.pending().of(instance.instance().value());
    }
  }

  private void resolve(Pending.Waiting waiting, InstanceRecord instance, Moment moment) {
    parts.pending().remove(waiting);
    parts.counters().add(Counter.PENDING, -1);
    if (reader.read(waiting.bytes()) instanceof Reading.Read read) {
      String refusal = count(read.event(), instance, waiting.position(), moment);
      if (!refusal.isEmpty()) {
        forget(read.event(), moment);
        refuse(read.event(), refusal, waiting.position());
      }
    } else {
      refuseUnread(waiting.bytes(), "unreadable", waiting.position());
    }
  }

  /** Gives up on instances nobody registered within the acceptance horizon. */
  void expirePending(Moment moment) {
    Instant limit = moment.tick().minus(limits.acceptance());
    List<Pending.Waiting> waiting = parts.pending().before(limit);
    while (!waiting.isEmpty()) {
      for (Pending.Waiting one : waiting) {
        parts.pending().remove(one);
        parts.counters().add(Counter.PENDING, -1);
        if (reader.read(one.bytes()) instanceof Reading.Read read) {
          forget(read.event(), moment);
          refuse(read.event(), "unknown-instance", one.position());
        } else {
          refuseUnread(one.bytes(), "unreadable", one.position());
        }
      }
      waiting = parts.pending().before(limit);
    }
  }

  /** So that a replay from quarantine is not taken for a duplicate. */
  private void forget(UsageEvent event, Moment moment) {
    parts.dedup().find(event.identity(), moment.tick()).ifPresent(parts.dedup()::forget);
  }

  /** Counts an event; the answer says why not, and is empty when it was counted. */
  private String count(UsageEvent event, InstanceRecord instance, long position, Moment moment) {
    return switch (planner.plan(event, instance, parts.meters().now())) {
      case Contribution.Plan.Refused refused -> refused.reason();
      case Contribution.Plan.Counts counts -> {
        if (!parts.totals().fits(counts.contributions())) {
          yield "too-many-members";
        }
        parts.totals().add(counts.contributions(), event.time(), position, moment.closedUpTo());
        parts.counters().add(Counter.COUNTED, 1);
        yield "";
      }
    };
  }

  private void refuse(UsageEvent event, String reason, long position) {
    parts.counters().add(Counter.QUARANTINED, 1);
    quarantine.put(Optional.of(event.instance()), event.bytes(), reason, position);
  }

  private void refuseUnread(byte[] bytes, String reason, long position) {
    parts.counters().add(Counter.QUARANTINED, 1);
    quarantine.put(Optional.empty(), bytes, reason, position);
  }

  Parts parts() {
    return parts;
  }
}
