package io.tollgate.metering.fate;

import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.Reasons;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.fate.EventFate.Fate;
import io.tollgate.metering.log.EventLookup;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.topology.LiveEvents;
import io.tollgate.metering.topology.LiveEvents.Accepted;
import io.tollgate.metering.topology.Uncounted;
import io.tollgate.metering.topology.UncountedList;
import io.tollgate.model.InstanceId;
import io.tollgate.support.messaging.KeyPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Puts together what the stores and the log know of one event. */
@Component
final class FateFinder {

  private static final int MOST_SHOWN = 100;

  private final LiveEvents events;
  private final EventLookup lookup;
  private final KeyPartitions partitions;

  FateFinder(LiveEvents events, EventLookup lookup, KeyPartitions partitions) {
    this.events = events;
    this.lookup = lookup;
    this.partitions = partitions;
  }

  /** The event as it was accepted. */
  private record Known(UsageEvent event, String platform, Fate fate, long position) {}

  /**
   * Looks for an event.
   *
   * @param platform who must have posted it; empty for anybody
   * @param visible whose totals may be shown: whoever posts an event need not run its instance
   */
  Optional<EventFate> find(
      String source,
      String instance,
      String id,
      Optional<String> platform,
      Predicate<InstanceId> visible) {
    Identity identity = Identity.of(source, instance, id);
    List<Uncounted> others = others(source, instance, id, platform);
    Known known =
        events
            .accepted(instance, identity)
            .flatMap(accepted -> known(instance, accepted))
            .filter(found -> platform.filter(own -> !own.equals(found.platform())).isEmpty())
            .orElse(null);
    if (known != null) {
      return Optional.of(accepted(known, others, visible));
    }
    return others.isEmpty() ? Optional.empty() : Optional.of(refused(others));
  }

  private List<Uncounted> others(
      String source, String instance, String id, Optional<String> platform) {
    return events
        .uncounted(
            Optional.of(instance),
            Optional.empty(),
            MOST_SHOWN,
            event ->
                event.id().equals(id)
                    && event.source().equals(source)
                    && !event.reason().equals(Uncounted.WAITING)
                    && platform.filter(own -> !own.equals(event.platform())).isEmpty())
        .found()
        .stream()
        .map(UncountedList.Found::event)
        .toList();
  }

  private Optional<Known> known(String instance, Accepted accepted) {
    return lookup
        .at(partitions.of(instance), accepted.position())
        .flatMap(
            found ->
                new EventReader().read(found.event()) instanceof Reading.Read read
                    ? Optional.of(
                        new Known(
                            read.event(),
                            found.platform(),
                            fate(accepted, found.kind()),
                            accepted.position()))
                    : Optional.empty());
  }

  private static Fate fate(Accepted accepted, RecordKind kind) {
    return switch (accepted.standing()) {
      case VOIDED -> Fate.VOIDED;
      case WAITING -> Fate.WAITING;
      case COUNTED -> kind == RecordKind.AMEND ? Fate.AMENDED : Fate.COUNTED;
    };
  }

  private List<EventFate.Total> totals(Known known, Predicate<InstanceId> visible) {
    List<EventFate.Total> totals = new ArrayList<>();
    if ((known.fate() == Fate.COUNTED || known.fate() == Fate.AMENDED)
        && visible.test(InstanceId.of(known.event().instance()))) {
      events.totalsOf(
          known.event(),
          known.position(),
          (key, state) -> totals.add(EventFate.Total.of(key, state)));
    }
    return totals;
  }

  private EventFate accepted(Known known, List<Uncounted> others, Predicate<InstanceId> visible) {
    UsageEvent event = known.event();
    String word = known.fate().name().toLowerCase(Locale.ROOT);
    return new EventFate(
        event.source(),
        event.instance(),
        event.id(),
        known.platform(),
        known.fate(),
        word,
        Reasons.sentence(word),
        Optional.of(event.type()),
        Optional.of(event.time()),
        totals(known, visible),
        duplicates(others),
        refusals(others));
  }

  /** Of an event that never was accepted the last refusal is its fate. */
  private static EventFate refused(List<Uncounted> others) {
    Uncounted last = others.getLast();
    return new EventFate(
        last.source(),
        last.instance(),
        last.id(),
        last.platform(),
        Fate.of(last.reason()),
        last.reason(),
        Reasons.sentence(last.reason()),
        Optional.of(last.type()),
        Optional.of(last.time()),
        List.of(),
        duplicates(others),
        refusals(others.subList(0, others.size() - 1)));
  }

  private static long duplicates(List<Uncounted> others) {
    return others.stream().filter(FateFinder::isDuplicate).count();
  }

  private static boolean isDuplicate(Uncounted event) {
    return event.reason().equals(Uncounted.DUPLICATE);
  }

  private static List<EventFate.Refusal> refusals(List<Uncounted> others) {
    return others.stream().filter(event -> !isDuplicate(event)).map(EventFate.Refusal::of).toList();
  }
}
