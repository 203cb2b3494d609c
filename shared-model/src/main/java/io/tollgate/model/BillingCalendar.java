package io.tollgate.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Hours, natural days and months of the billing zone (T1), and the arithmetic on them (T4, section
 * 14).
 *
 * <p>Right also where clocks change: a local day then has 23 or 25 hours, the repeated hour is two
 * windows, the skipped one is none. A local midnight that does not exist is the first instant of
 * that date.
 *
 * @param zone the billing zone
 */
public record BillingCalendar(ZoneId zone) {

  /** The default billing zone (T1). */
  public static final BillingCalendar SHANGHAI = new BillingCalendar(ZoneId.of("Asia/Shanghai"));

  /** The local date of an instant. */
  public LocalDate dateOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /** The first instant of a local date: its midnight, or what follows it when clocks skip it. */
  public Instant startOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  /**
   * The hour around an instant. Local hours start where the local clock shows a full hour; where a
   * zone's clock changes by less than an hour the window next to the change is shorter or longer.
   */
  public Window hourOf(Instant instant) {
    int offsetSeconds = zone.getRules().getOffset(instant).getTotalSeconds();
    long local = instant.getEpochSecond() + offsetSeconds;
    Instant start = Instant.ofEpochSecond(local - Math.floorMod(local, 3_600) - offsetSeconds);
    Instant end = start.plusSeconds(3_600);
    var transition = zone.getRules().nextTransition(start);
    if (transition != null && transition.getInstant().isBefore(end)) {
      Instant change = transition.getInstant();
      return instant.isBefore(change) ? new Window(start, change) : afterChange(instant, change);
    }
    var previous = zone.getRules().previousTransition(instant.plusNanos(1));
    if (previous != null && previous.getInstant().isAfter(start)) {
      return afterChange(instant, previous.getInstant());
    }
    return new Window(start, end);
  }

  private Window afterChange(Instant instant, Instant change) {
    int offsetSeconds = zone.getRules().getOffset(instant).getTotalSeconds();
    long local = instant.getEpochSecond() + offsetSeconds;
    long nextFullHour = local - Math.floorMod(local, 3_600) + 3_600 - offsetSeconds;
    return new Window(change, Instant.ofEpochSecond(nextFullHour));
  }

  /** The natural day around an instant. */
  public Window dayOf(Instant instant) {
    return dayOf(dateOf(instant));
  }

  /** A natural day. */
  public Window dayOf(LocalDate date) {
    return new Window(startOf(date), startOf(date.plusDays(1)));
  }

  /** The natural days that a time touches: what force majeure in it excuses (C10.1). */
  public Window daysOf(Window time) {
    return new Window(dayOf(time.start()).start(), dayOf(time.end().minusNanos(1)).end());
  }

  /** The natural month around an instant. */
  public Window monthOf(Instant instant) {
    YearMonth month = YearMonth.from(dateOf(instant));
    return new Window(startOf(month.atDay(1)), startOf(month.plusMonths(1).atDay(1)));
  }

  /** The usage window around an instant. */
  public Window windowOf(Granularity granularity, Instant instant) {
    return switch (granularity) {
      case HOUR -> hourOf(instant);
      case DAY -> dayOf(instant);
    };
  }

  /** The billing cycle around an instant. */
  public Window cycleOf(BillingCycle cycle, Instant instant) {
    return switch (cycle) {
      case HOUR -> hourOf(instant);
      case DAY -> dayOf(instant);
      case MONTH -> monthOf(instant);
    };
  }

  /** Local days of a window, each started one counted: what flat fees are shared over. */
  public long startedDays(Window window) {
    LocalDate first = dateOf(window.start());
    LocalDate last = dateOf(window.end().minusNanos(1));
    return ChronoUnit.DAYS.between(first, last) + 1;
  }

  /** <i>n natural days</i> later: the same local time n dates later (T4); n may be negative. */
  public Instant plusNaturalDays(Instant instant, long days) {
    return local(instant).plusDays(days).atZone(zone).toInstant();
  }

  /**
   * Months later, keeping the anchor's day (T4): 31 Jan + 1 month = 28 or 29 Feb, + 2 months = 31
   * Mar. Always count from the anchor, never from an earlier result.
   */
  public Instant plusMonths(Instant anchor, long months) {
    return local(anchor).plusMonths(months).atZone(zone).toInstant();
  }

  /**
   * The earliest instant at which something announced may happen: local midnight of date + N + 1
   * (section 14).
   */
  public Instant earliestEffect(Instant deliveredInStation, int leadDays) {
    return startOf(dateOf(deliveredInStation).plusDays(leadDays + 1L));
  }

  /** Local date and time of an instant, for people to read. */
  public ZonedDateTime zoned(Instant instant) {
    return instant.atZone(zone);
  }

  /** The first instant of a local date and time. */
  public Instant at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(zone).toInstant();
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }
}
