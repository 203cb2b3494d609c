package io.tollgate.metering.openmeter;

import io.tollgate.metering.meter.MeterCatalogue;
import io.tollgate.metering.meter.MeterDirectory;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.metering.usage.VisibleInstances;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Window;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Meters and their usage in the shapes of OpenMeter, so that its clients work unchanged. */
@RestController
@RequestMapping("/api/v1/meters")
final class OpenMeterController {

  private final MeterDirectory directory;
  private final LiveState state;
  private final VisibleInstances visible;
  private final BillingCalendar calendar;

  OpenMeterController(
      MeterDirectory directory,
      LiveState state,
      VisibleInstances visible,
      BillingCalendar calendar) {
    this.directory = directory;
    this.state = state;
    this.visible = visible;
    this.calendar = calendar;
  }

  /** Usage of a meter. */
  record Result(
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Granularity> windowSize,
      List<Totals.Row> data) {}

  @GetMapping
  List<MeterView> list() {
    MeterCatalogue catalogue = directory.catalogue();
    return catalogue.all().stream()
        .map(MeterDefinition::meter)
        .distinct()
        .map(meter -> MeterView.of(catalogue.versions(meter)))
        .toList();
  }

  @GetMapping("/{meter}")
  MeterView get(@PathVariable MeterKey meter) {
    return MeterView.of(versions(meter));
  }

  @GetMapping("/{meter}/query")
  Result query(
      Caller caller,
      @PathVariable MeterKey meter,
      @RequestParam MultiValueMap<String, String> parameters) {
    List<MeterDefinition> versions = versions(meter);
    UsageQuery query = UsageQuery.of(versions.getLast(), calendar.zone().getId(), parameters);
    Granularity counted = counted(query, versions);
    aligned("from", query.from(), counted);
    aligned("to", query.to(), counted);
    Totals totals = new Totals(query, calendar);
    Predicate<InstanceId> sight = visible.to(caller);
    state.allSeries(
        (key, series) -> {
          if (key.granularity() == counted && query.wants(key) && sight.test(key.instance())) {
            totals.add(key, series);
          }
        });
    return new Result(query.from(), query.to(), query.window(), totals.rows());
  }

  private List<MeterDefinition> versions(MeterKey meter) {
    List<MeterDefinition> versions = directory.catalogue().versions(meter);
    if (versions.isEmpty()) {
      throw ProblemException.notFound("meter " + meter);
    }
    return versions;
  }

  /** Which totals answer a query: those of its windows, or finer ones that make them up. */
  private static Granularity counted(UsageQuery query, List<MeterDefinition> versions) {
    List<MeterDefinition> counting = query.counting(versions);
    Optional<MeterDefinition> notHourly = without(Emission.HOURLY, counting);
    Optional<MeterDefinition> notDaily = without(Emission.DAILY, counting);
    if (notHourly.isPresent() && notDaily.isPresent()) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "mixed-granularities",
          "version %d of the meter, from %s on, does not count by the hour, and version %d, from %s on, does not count by the day; query the period of each version separately"
              .formatted(
                  notHourly.get().version(),
                  notHourly.get().effectiveFrom(),
                  notDaily.get().version(),
                  notDaily.get().effectiveFrom()));
    }
    if (query.window().equals(Optional.of(Granularity.HOUR)) && notHourly.isPresent()) {
      throw ProblemException.invalid(
          "windowSize", "'HOUR' must be DAY: this meter does not count by the hour");
    }
    boolean byDay = query.window().equals(Optional.of(Granularity.DAY)) && notDaily.isEmpty();
    return byDay || notHourly.isPresent() ? Granularity.DAY : Granularity.HOUR;
  }

  private static Optional<MeterDefinition> without(
      Emission emission, List<MeterDefinition> versions) {
    return versions.stream().filter(each -> !each.emits().contains(emission)).findFirst();
  }

  private void aligned(String field, Optional<Instant> time, Granularity granularity) {
    time.ifPresent(
        instant -> {
          Window window = calendar.windowOf(granularity, instant);
          if (!window.start().equals(instant)) {
            throw ProblemException.invalid(
                field,
                "'%s' is inside the window from %s to %s; use the start of a window"
                    .formatted(instant, window.start(), window.end()));
          }
        });
  }
}
