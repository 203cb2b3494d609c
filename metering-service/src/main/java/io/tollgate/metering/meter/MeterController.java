package io.tollgate.metering.meter;

import io.tollgate.metering.MeteringSettings;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Meters: a change is a new version that takes effect at a later day's start, and may be withdrawn
 * until events that it would count may come.
 */
@RestController
@RequestMapping("/v1/meters")
final class MeterController {

  private final MeterDirectory directory;
  private final MeterWriter writer;
  private final BusinessClock clock;
  private final BillingCalendar calendar;
  private final MeteringSettings settings;
  private final PriceNeeds needs;

  MeterController(
      MeterDirectory directory,
      MeterWriter writer,
      BusinessClock clock,
      BillingCalendar calendar,
      MeteringSettings settings,
      PriceNeeds needs) {
    this.directory = directory;
    this.writer = writer;
    this.clock = clock;
    this.calendar = calendar;
    this.settings = settings;
    this.needs = needs;
  }

  /**
   * A version of a meter as asked for.
   *
   * @param effectiveFrom start of a local day; the first version may leave it out and then counts
   *     whatever is accepted
   */
  record Request(
      MeterKey meter,
      String eventType,
      Aggregation aggregation,
      @Nullable String valuePointer,
      @Nullable Map<String, String> dimensions,
      String unit,
      Set<Emission> emits,
      @Nullable Instant effectiveFrom) {
    Request {
      meter = Fields.required("meter", meter);
      eventType = Fields.required("eventType", eventType);
      aggregation = Fields.required("aggregation", aggregation);
      unit = Fields.required("unit", unit);
      emits = Fields.required("emits", emits);
      if (emits.stream().anyMatch(Objects::isNull)
          || (dimensions != null && dimensions.values().stream().anyMatch(Objects::isNull))) {
        throw ProblemException.invalid("emits, dimensions", "must not contain null");
      }
    }
  }

  @PostMapping
  ResponseEntity<MeterDefinition> post(@RequestBody Request request) {
    MeterWriter.Changed changed = writer.change(catalogue -> next(request, catalogue));
    return ResponseEntity.status(changed.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(changed.definition());
  }

  /** The version asked for; the last one where that is the same. */
  private MeterDefinition next(Request request, MeterCatalogue catalogue) {
    List<MeterDefinition> versions = catalogue.versions(request.meter());
    MeterDefinition definition = definition(request, catalogue);
    if (!versions.isEmpty() && isRepeated(versions.getLast(), definition, request)) {
      return versions.getLast();
    }
    checkEffect(versions, definition);
    Optional<MeterDefinition> before =
        versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    refuse(needs.refusal(before, definition));
    return definition;
  }

  private static void refuse(Optional<String> reason) {
    reason.ifPresent(
        text -> {
          throw ProblemException.refused("price-needs-meter", text, "C2.3.2");
        });
  }

  /** Takes back the last version; another may be defined in its place, with the next number. */
  @PostMapping("/{meter}/versions/{version}/withdrawal")
  MeterDefinition withdraw(
      Caller caller,
      @PathVariable MeterKey meter,
      @PathVariable int version,
      @RequestBody ReasonBody withdrawal) {
    return writer
        .change(
            catalogue ->
                withdrawn(
                    catalogue,
                    withdrawable(meter, version, catalogue),
                    new MeterDefinition.Withdrawal(
                        clock.now(), caller.subject(), withdrawal.reason())))
        .definition();
  }

  private MeterDefinition withdrawn(
      MeterCatalogue catalogue, MeterDefinition last, MeterDefinition.Withdrawal withdrawal) {
    List<MeterDefinition> versions = catalogue.versions(last.meter());
    Optional<MeterDefinition> before =
        versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 2));
    refuse(needs.refusalToWithdraw(before, last));
    return last.withdrawn(withdrawal);
  }

  private MeterDefinition withdrawable(MeterKey meter, int version, MeterCatalogue catalogue) {
    MeterDefinition found =
        catalogue.history(meter).stream()
            .filter(each -> each.version() == version)
            .findFirst()
            .orElseThrow(
                () -> ProblemException.notFound("version " + version + " of meter " + meter));
    if (found.withdrawal().isPresent()) {
      throw ProblemException.conflict("meter-withdrawn", "it has already been withdrawn");
    }
    Instant now = clock.now();
    if (!found.effectiveFrom().isAfter(now.plus(settings.future()))) {
      throw ProblemException.conflict(
          "meter-started",
          "it starts at %s, and events up to %s may have been accepted: the clock is at %s"
              .formatted(found.effectiveFrom(), now.plus(settings.future()), now));
    }
    int last = catalogue.versions(meter).getLast().version();
    if (last != version) {
      throw ProblemException.conflict(
          "meter-followed", "version " + last + " follows it: withdraw that one first");
    }
    return found;
  }

  @GetMapping
  List<MeterDefinition> list() {
    return directory.catalogue().all();
  }

  @GetMapping("/{meter}")
  List<MeterDefinition> get(@PathVariable MeterKey meter) {
    List<MeterDefinition> versions = directory.catalogue().history(meter);
    if (versions.isEmpty()) {
      throw ProblemException.notFound("meter");
    }
    return versions;
  }

  private MeterDefinition definition(Request request, MeterCatalogue catalogue) {
    Map<String, String> dimensions = Optional.ofNullable(request.dimensions()).orElse(Map.of());
    check("eventType", request.eventType(), MeterDefinition.MAX_TEXT_LENGTH);
    check("unit", request.unit(), MeterDefinition.MAX_UNIT_LENGTH);
    if (!MeterDefinition.areDimensions(dimensions.keySet())) {
      throw ProblemException.invalid(
          "dimensions",
          "at most " + MeterDefinition.MAX_DIMENSIONS + ", each named by an identifier");
    }
    dimensions.values().forEach(pointer -> checkPointer("dimensions", pointer));
    Optional<String> pointer = Optional.ofNullable(request.valuePointer());
    pointer.ifPresent(value -> checkPointer("valuePointer", value));
    checkReads(request.aggregation(), pointer);
    if (request.emits().isEmpty()) {
      throw ProblemException.invalid("emits", "must name HOURLY, DAILY or both");
    }
    try {
      return new MeterDefinition(
          request.meter(),
          catalogue.history(request.meter()).size() + 1,
          request.eventType(),
          request.aggregation(),
          pointer,
          new TreeMap<>(dimensions),
          request.unit(),
          request.emits(),
          effect(request, catalogue.versions(request.meter())));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("meter", String.valueOf(e.getMessage()));
    }
  }

  private static void checkReads(Aggregation aggregation, Optional<String> pointer) {
    if (pointer.isEmpty() && aggregation != Aggregation.COUNT) {
      throw ProblemException.invalid(
          "valuePointer",
          "is missing: %s reads a value from the event's data".formatted(aggregation));
    }
    if (pointer.isPresent() && aggregation == Aggregation.COUNT) {
      throw ProblemException.invalid("valuePointer", "must be omitted: COUNT reads no value");
    }
  }

  private Instant effect(Request request, List<MeterDefinition> versions) {
    Instant asked = request.effectiveFrom();
    if (asked != null) {
      return asked;
    }
    return versions.isEmpty()
        ? calendar.dayOf(clock.now().minus(settings.acceptance())).start()
        : calendar.dayOf(clock.now().plus(settings.future())).end();
  }

  private void checkEffect(List<MeterDefinition> versions, MeterDefinition definition) {
    Instant effect = definition.effectiveFrom();
    if (!calendar.dayOf(effect).start().equals(effect)) {
      throw ProblemException.invalid("effectiveFrom", "must be the start of a local day");
    }
    if (versions.isEmpty()) {
      return;
    }
    Instant now = clock.now();
    if (!effect.isAfter(now.plus(settings.future()))) {
      throw ProblemException.invalid(
          "effectiveFrom",
          "a new version must start after every event that may have been accepted, so after %s: the clock is at %s"
              .formatted(now.plus(settings.future()), now));
    }
    if (!effect.isAfter(versions.getLast().effectiveFrom())) {
      throw ProblemException.invalid(
          "effectiveFrom",
          "must be after %s, when version %d starts"
              .formatted(versions.getLast().effectiveFrom(), versions.getLast().version()));
    }
  }

  /** Posting the same meter again is harmless; an effect left out means the one it has. */
  private static boolean isRepeated(MeterDefinition last, MeterDefinition asked, Request request) {
    Instant start = request.effectiveFrom();
    return (start == null || start.equals(last.effectiveFrom()))
        && last.eventType().equals(asked.eventType())
        && last.aggregation() == asked.aggregation()
        && last.valuePointer().equals(asked.valuePointer())
        && last.dimensions().equals(asked.dimensions())
        && last.unit().equals(asked.unit())
        && last.emits().equals(asked.emits());
  }

  private static void check(String field, String text, int maxLength) {
    if (!MeterDefinition.isText(text, maxLength)) {
      throw ProblemException.invalid(field, "must have 1 to " + maxLength + " characters");
    }
  }

  private static void checkPointer(String field, String pointer) {
    if (!MeterDefinition.isPointer(pointer)) {
      throw ProblemException.invalid(field, "must be a JSON Pointer into the event's data");
    }
  }
}
