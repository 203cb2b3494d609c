package io.tollgate.metering.fate;

import io.tollgate.metering.event.Reasons;
import io.tollgate.metering.fate.EventFate.Fate;
import io.tollgate.metering.topology.LiveEvents;
import io.tollgate.metering.topology.Uncounted;
import io.tollgate.metering.topology.UncountedList;
import io.tollgate.metering.usage.VisibleInstances;
import io.tollgate.model.InstanceId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the fate of posted events. A platform sees its own events, an operator all. */
@RestController
@RequestMapping("/v1/event-fates")
final class FateController {

  private static final Set<Fate> LISTED =
      EnumSet.of(Fate.WAITING, Fate.DUPLICATE, Fate.QUARANTINED);

  private final LiveEvents events;
  private final FateFinder finder;
  private final VisibleInstances visible;

  FateController(LiveEvents events, FateFinder finder, VisibleInstances visible) {
    this.events = events;
    this.finder = finder;
    this.visible = visible;
  }

  /**
   * An event that was not counted when it came.
   *
   * @param reason a stable word
   * @param detail what it means
   * @param platform who posted it
   * @param decidedAt business time of the decision
   */
  record Item(
      String source,
      String instance,
      String id,
      String type,
      Instant time,
      Fate fate,
      String reason,
      String detail,
      String platform,
      Instant decidedAt) {

    static Item of(Uncounted event) {
      return new Item(
          event.source(),
          event.instance(),
          event.id(),
          event.type(),
          event.time(),
          Fate.of(event.reason()),
          event.reason(),
          Reasons.sentence(event.reason()),
          event.platform(),
          event.tick());
    }
  }

  /**
   * How many events of a platform came to a fate since the generation began.
   *
   * @param reason a stable word
   * @param detail what it means
   */
  record Count(String platform, String reason, String detail, long count) {}

  /** The platform whose events a caller may see; empty for all. */
  private static Optional<String> sight(Caller caller) {
    return caller.is(Role.OPERATOR) ? Optional.empty() : Optional.of(caller.subject());
  }

  /** The fate of one event. */
  @GetMapping("/event")
  EventFate event(
      Caller caller,
      @RequestParam String source,
      @RequestParam InstanceId instance,
      @RequestParam String id) {
    return finder
        .find(source, instance.value(), id, sight(caller), visible.to(caller))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "event-not-remembered",
                    "no such event was posted within the acceptance period; if it was just posted,"
                        + " try again in a moment"));
  }

  /** What was posted and not counted: duplicates, refusals, and what waits for its instance. */
  @GetMapping
  Page<Item> list(
      Caller caller,
      @RequestParam Optional<InstanceId> instance,
      @RequestParam Optional<Fate> fate,
      @RequestParam Optional<String> reason,
      @RequestParam Optional<Instant> from,
      @RequestParam Optional<Instant> to,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    if (fate.filter(asked -> !LISTED.contains(asked)).isPresent()) {
      throw ProblemException.invalid(
          "fate",
          "must be one of %s; look up counted events by id at /v1/event-fates/event"
              .formatted(LISTED.stream().map(Fate::name).collect(Collectors.joining(", "))));
    }
    Predicate<Uncounted> wanted =
        event ->
            sight(caller).filter(own -> !own.equals(event.platform())).isEmpty()
                && fate.filter(asked -> asked != Fate.of(event.reason())).isEmpty()
                && reason.filter(asked -> !asked.equals(event.reason())).isEmpty()
                && from.filter(event.time()::isBefore).isEmpty()
                && to.filter(end -> !event.time().isBefore(end)).isEmpty();
    int size = Paging.limit(limit);
    UncountedList.Slice slice =
        events.uncounted(
            instance.map(InstanceId::value), cursor.map(FateController::place), size, wanted);
    return new Page<>(
        slice.found().stream().map(found -> Item.of(found.event())).toList(),
        slice.next().map(next -> Paging.cursor(next.partition(), next.key())));
  }

  private static UncountedList.Place place(String cursor) {
    List<String> key = Paging.key(cursor, 2);
    if (!key.getFirst().matches("[0-9]{1,5}") || !key.getLast().matches("([0-9a-f]{2}){1,400}")) {
      throw Paging.notACursor();
    }
    return new UncountedList.Place(Integer.parseInt(key.getFirst()), key.getLast());
  }

  /** How many events came to which fate. */
  @GetMapping("/counts")
  Page<Count> counts(Caller caller) {
    List<Count> counts = new ArrayList<>();
    events
        .tallies()
        .forEach(
            (platform, fates) -> {
              if (sight(caller).filter(own -> !own.equals(platform)).isEmpty()) {
                new TreeMap<>(fates)
                    .forEach(
                        (fate, count) ->
                            counts.add(new Count(platform, fate, Reasons.sentence(fate), count)));
              }
            });
    return new Page<>(counts, Optional.empty());
  }
}
