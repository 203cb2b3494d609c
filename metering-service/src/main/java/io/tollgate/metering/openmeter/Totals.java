package io.tollgate.metering.openmeter;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.aggregation.SeriesState.Sample;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Window;
import io.tollgate.model.event.Aggregation;
import io.tollgate.support.web.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Joins series into the groups of a query, exactly: sums and counts are added, a maximum and a
 * latest value win over others. A number of different members cannot be added to another.
 */
final class Totals {

  private static final int MAX_ROWS = 10_000;

  private final UsageQuery query;
  private final BillingCalendar calendar;
  private final SortedMap<Group, SeriesState> groups = new TreeMap<>(Group.ORDER);
  private @Nullable Instant first;
  private @Nullable Instant last;

  Totals(UsageQuery query, BillingCalendar calendar) {
    this.query = query;
    this.calendar = calendar;
  }

  private record Group(
      Optional<Window> window, String subject, TreeMap<String, String> dimensions) {

    private static final Comparator<Group> ORDER =
        Comparator.comparing((Group group) -> group.window().map(Window::start).orElse(Instant.MIN))
            .thenComparing(Group::subject)
            .thenComparing(group -> group.dimensions().toString());
  }

  /**
   * One row of the answer.
   *
   * @param value the total, exact
   * @param subject the instance; empty where instances are added up
   */
  record Row(
      BigDecimal value,
      Instant windowStart,
      Instant windowEnd,
      Optional<InstanceId> subject,
      Map<String, String> groupBy) {}

  /** Adds a series. */
  void add(SeriesKey key, SeriesState series) {
    Group group =
        new Group(
            query.window().map(size -> window(size, key)),
            query.subjectOf(key).map(InstanceId::value).orElse(""),
            query.groupOf(key));
    groups.merge(group, series, Totals::joined);
    if (groups.size() > MAX_ROWS) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "too-many-rows",
          "the result has more than " + MAX_ROWS + " rows; shorten the period or use fewer groups");
    }
    Instant end = Instant.ofEpochSecond(series.windowEnd());
    first = first == null || key.windowStart().isBefore(first) ? key.windowStart() : first;
    last = last == null || end.isAfter(last) ? end : last;
  }

  /** Days of a meter that is emitted by the hour only are made of hours. */
  private Window window(Granularity size, SeriesKey key) {
    return calendar.windowOf(size, key.windowStart());
  }

  private static SeriesState joined(SeriesState one, SeriesState other) {
    if (one.aggregation() != other.aggregation() || one.aggregation() == Aggregation.UNIQUE_COUNT) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "not-additive",
          one.aggregation() == Aggregation.UNIQUE_COUNT
              ? "distinct members of several windows or groups cannot be added up; query single"
                  + " windows (windowSize) and every group (groupBy)"
              : "the meter's aggregation changed within this period; query the time before and"
                  + " after it separately");
    }
    return switch (one.aggregation()) {
      case SUM, COUNT -> one.plus(other.sum()).plusEvents((int) other.events());
      case MAX, LATEST ->
          one.withSample(Sample.winner(one.aggregation(), one.sample(), other.sample()));
      case UNIQUE_COUNT -> throw new IllegalStateException("refused before");
    };
  }

  /** The rows, by window, subject and dimensions. */
  List<Row> rows() {
    return groups.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  private Row row(Group group, SeriesState series) {
    return new Row(
        series.quantity(),
        group.window().map(Window::start).or(query::from).orElseGet(() -> known(first)),
        group.window().map(Window::end).or(query::to).orElseGet(() -> known(last)),
        group.subject().isEmpty() ? Optional.empty() : Optional.of(InstanceId.of(group.subject())),
        group.dimensions());
  }

  private static Instant known(@Nullable Instant instant) {
    if (instant == null) {
      throw new IllegalStateException("a row has a series");
    }
    return instant;
  }
}
