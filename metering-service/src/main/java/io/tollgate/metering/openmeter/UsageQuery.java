package io.tollgate.metering.openmeter;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.SuspendedUsage;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.Timestamps;
import io.tollgate.support.web.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/**
 * What is asked of a meter's usage.
 *
 * @param meter the meter
 * @param from first window start; empty for the first there is
 * @param to first window start no longer asked for; empty for none
 * @param window the size of windows; empty for one total
 * @param subjects the instances; empty for all
 * @param groupBy {@code subject} and names of dimensions that stay apart
 * @param filters values of dimensions, by their name
 */
record UsageQuery(
    MeterKey meter,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Granularity> window,
    Set<String> subjects,
    Set<String> groupBy,
    Map<String, Set<String>> filters) {

  /** The dimension that every meter has. */
  static final String SUBJECT = "subject";

  private static final String FILTER = "filterGroupBy[";
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of("clientId", "from", "to", "windowSize", "windowTimeZone", SUBJECT, "groupBy"));

  /**
   * Reads it from the parameters of a request.
   *
   * @param zone the billing zone, in which days are counted
   * @throws ProblemException (400) naming the parameter, its value and what is allowed
   */
  static UsageQuery of(
      MeterDefinition meter, String zone, MultiValueMap<String, String> parameters) {
    Map<String, Set<String>> filters = new TreeMap<>();
    parameters.forEach(
        (name, values) -> {
          if (name.startsWith(FILTER) && name.endsWith("]")) {
            String dimension = name.substring(FILTER.length(), name.length() - 1);
            filters.put(checked(meter, name, dimension), Set.copyOf(values));
          } else if (!NAMES.contains(name)) {
            throw ProblemException.invalid(
                name,
                "is not a query parameter of this route; it has "
                    + String.join(", ", NAMES)
                    + ", filterGroupBy[dimension]");
          }
        });
    checkZone(zone, parameters);
    Set<String> subjects = all(parameters, SUBJECT);
    Set<String> groupBy = all(parameters, "groupBy");
    groupBy.forEach(name -> checked(meter, "groupBy", name));
    if (!subjects.isEmpty()) {
      groupBy.add(SUBJECT);
    }
    return new UsageQuery(
        meter.meter(),
        time(parameters, "from"),
        time(parameters, "to"),
        window(parameters),
        subjects,
        groupBy,
        filters);
  }

  private static Set<String> all(MultiValueMap<String, String> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String checked(MeterDefinition meter, String field, String dimension) {
    Set<String> allowed = new TreeSet<>(meter.dimensions().keySet());
    allowed.add(SUBJECT);
    allowed.add(SuspendedUsage.DIMENSION);
    if (!allowed.contains(dimension)) {
      throw ProblemException.invalid(
          field, "'" + dimension + "' is not one of " + String.join(", ", allowed));
    }
    return dimension;
  }

  private static void checkZone(String zone, MultiValueMap<String, String> parameters) {
    String asked = parameters.getFirst("windowTimeZone");
    if (asked != null && !asked.equals(zone)) {
      throw ProblemException.invalid(
          "windowTimeZone", "'" + asked + "' is not " + zone + ", the billing zone");
    }
  }

  private static Optional<Instant> time(MultiValueMap<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.getFirst(name))
        .map(
            text -> {
              try {
                return Timestamps.accepted(text);
              } catch (DateTimeException e) {
                throw ProblemException.invalid(
                    name, "'" + text + "' must be an RFC 3339 time " + Timestamps.RANGE);
              }
            });
  }

  private static Optional<Granularity> window(MultiValueMap<String, String> parameters) {
    return Optional.ofNullable(parameters.getFirst("windowSize"))
        .map(
            size ->
                Arrays.stream(Granularity.values())
                    .filter(each -> each.name().equals(size))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ProblemException.invalid(
                                "windowSize",
                                "'" + size + "' must be HOUR or DAY, or omitted for one total")));
  }

  /** Which versions of the meter, oldest first, count in the time that is asked for. */
  List<MeterDefinition> counting(List<MeterDefinition> versions) {
    List<MeterDefinition> counting = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Optional<Instant> next =
          i + 1 < versions.size()
              ? Optional.of(versions.get(i + 1).effectiveFrom())
              : Optional.empty();
      boolean isOver = from.isPresent() && next.filter(end -> !end.isAfter(from.get())).isPresent();
      Instant begin = versions.get(i).effectiveFrom();
      boolean isToCome = to.filter(end -> !begin.isBefore(end)).isPresent();
      if (!isOver && !isToCome) {
        counting.add(versions.get(i));
      }
    }
    return counting.isEmpty() ? versions : counting;
  }

  /** Whether a series belongs to the answer, whoever may see it. */
  boolean wants(SeriesKey key) {
    return key.meter().equals(meter)
        && from.filter(start -> key.windowStart().isBefore(start)).isEmpty()
        && to.filter(end -> !key.windowStart().isBefore(end)).isEmpty()
        && (subjects.isEmpty() || subjects.contains(key.instance().value()))
        && filters.entrySet().stream()
            .allMatch(filter -> filter.getValue().contains(value(key, filter.getKey())));
  }

  private static String value(SeriesKey key, String dimension) {
    return dimension.equals(SUBJECT)
        ? key.instance().value()
        : key.dimensions().getOrDefault(dimension, "");
  }

  /** The instance of a group; empty where instances are added up. */
  Optional<InstanceId> subjectOf(SeriesKey key) {
    return groupBy.contains(SUBJECT) ? Optional.of(key.instance()) : Optional.empty();
  }

  /** The dimensions of a group. */
  TreeMap<String, String> groupOf(SeriesKey key) {
    TreeMap<String, String> group = new TreeMap<>();
    groupBy.stream()
        .filter(name -> !name.equals(SUBJECT))
        .forEach(name -> group.put(name, value(key, name)));
    return group;
  }
}
