package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BillingCalendarTest {

  private static final BillingCalendar SHANGHAI = BillingCalendar.SHANGHAI;
  private static final BillingCalendar NEW_YORK =
      new BillingCalendar(ZoneId.of("America/New_York"));
  private static final BillingCalendar LORD_HOWE =
      new BillingCalendar(ZoneId.of("Australia/Lord_Howe"));

  @Test
  void theDayClocksGoForwardHas23HourlyWindows() {
    assertThat(hoursOf(NEW_YORK, LocalDate.of(2026, 3, 8))).hasSize(23);
  }

  @Test
  void theDayClocksGoBackHas25HourlyWindows() {
    assertThat(hoursOf(NEW_YORK, LocalDate.of(2026, 11, 1))).hasSize(25);
  }

  @Test
  void hourlyWindowsTileTheDayAlsoWhereClocksMoveByHalfAnHour() {
    for (LocalDate date : List.of(LocalDate.of(2026, 4, 5), LocalDate.of(2026, 10, 4))) {
      List<Window> hours = hoursOf(LORD_HOWE, date);
      Window day = LORD_HOWE.dayOf(date);
      assertThat(hours.getFirst().start()).isEqualTo(day.start());
      assertThat(hours.getLast().end()).isEqualTo(day.end());
      for (Window hour : hours) {
        Instant middle = hour.start().plus(hour.length().dividedBy(2));
        assertThat(LORD_HOWE.hourOf(middle)).isEqualTo(hour);
        assertThat(LORD_HOWE.hourOf(hour.end().minusNanos(1))).isEqualTo(hour);
      }
    }
  }

  @Test
  void aDayOfTheBillingZoneStartsAtItsMidnight() {
    assertThat(SHANGHAI.dayOf(Instant.parse("2026-03-01T15:59:59.999Z")))
        .isEqualTo(
            new Window(
                Instant.parse("2026-02-28T16:00:00Z"), Instant.parse("2026-03-01T16:00:00Z")));
    assertThat(SHANGHAI.dayOf(Instant.parse("2026-03-01T16:00:00Z")).start())
        .isEqualTo(Instant.parse("2026-03-01T16:00:00Z"));
  }

  @Test
  void february2028Has29Days() {
    Window month = SHANGHAI.monthOf(at(SHANGHAI, "2028-02-29T10:00"));
    assertThat(month.length()).isEqualTo(Duration.ofDays(29));
    assertThat(SHANGHAI.startedDays(month)).isEqualTo(29);
  }

  @Test
  void monthArithmeticKeepsTheAnchorDay() {
    Instant anchor = at(SHANGHAI, "2024-01-31T10:00");
    assertThat(SHANGHAI.plusMonths(anchor, 1)).isEqualTo(at(SHANGHAI, "2024-02-29T10:00"));
    assertThat(SHANGHAI.plusMonths(anchor, 2)).isEqualTo(at(SHANGHAI, "2024-03-31T10:00"));
    Instant leapDay = at(SHANGHAI, "2020-02-29T10:00");
    assertThat(SHANGHAI.plusMonths(leapDay, 12)).isEqualTo(at(SHANGHAI, "2021-02-28T10:00"));
    assertThat(SHANGHAI.plusMonths(leapDay, 48)).isEqualTo(at(SHANGHAI, "2024-02-29T10:00"));
  }

  @Test
  void naturalDaysKeepTheLocalTimeAcrossAClockChange() {
    assertThat(NEW_YORK.plusNaturalDays(at(NEW_YORK, "2026-03-07T12:00"), 1))
        .isEqualTo(at(NEW_YORK, "2026-03-08T12:00"));
    assertThat(NEW_YORK.plusNaturalDays(at(NEW_YORK, "2026-03-09T12:00"), -2))
        .isEqualTo(at(NEW_YORK, "2026-03-07T12:00"));
  }

  @Test
  void aLeadOfSevenDaysFromTheFirstOfMarchEndsAtTheNinthsMidnight() {
    Instant delivered = at(SHANGHAI, "2026-03-01T15:00");
    assertThat(SHANGHAI.earliestEffect(delivered, 7)).isEqualTo(at(SHANGHAI, "2026-03-09T00:00"));
    assertThat(SHANGHAI.earliestEffect(delivered, 30)).isEqualTo(at(SHANGHAI, "2026-04-01T00:00"));
    assertThat(SHANGHAI.earliestEffect(delivered, 0)).isEqualTo(at(SHANGHAI, "2026-03-02T00:00"));
  }

  @Test
  void startedDaysCountEachLocalDateTouched() {
    Window partOfThreeDays =
        new Window(at(SHANGHAI, "2026-03-01T23:59"), at(SHANGHAI, "2026-03-03T00:01"));
    assertThat(SHANGHAI.startedDays(partOfThreeDays)).isEqualTo(3);
    Window upToMidnight =
        new Window(at(SHANGHAI, "2026-03-01T00:00"), at(SHANGHAI, "2026-03-02T00:00"));
    assertThat(SHANGHAI.startedDays(upToMidnight)).isEqualTo(1);
  }

  @Test
  void aTimeTouchesWholeDaysAndNotTheOneAtWhoseMidnightItEnds() {
    assertThat(
            SHANGHAI.daysOf(
                new Window(at(SHANGHAI, "2026-03-03T10:00"), at(SHANGHAI, "2026-03-04T00:00"))))
        .isEqualTo(new Window(at(SHANGHAI, "2026-03-03T00:00"), at(SHANGHAI, "2026-03-04T00:00")));
    assertThat(
            SHANGHAI.daysOf(
                new Window(at(SHANGHAI, "2026-03-03T23:59"), at(SHANGHAI, "2026-03-05T00:01"))))
        .isEqualTo(new Window(at(SHANGHAI, "2026-03-03T00:00"), at(SHANGHAI, "2026-03-06T00:00")));
  }

  private static List<Window> hoursOf(BillingCalendar calendar, LocalDate date) {
    Window day = calendar.dayOf(date);
    List<Window> hours = new ArrayList<>();
    Instant next = day.start();
    while (next.isBefore(day.end())) {
      Window hour = calendar.hourOf(next);
      assertThat(hour.start()).isEqualTo(next);
      hours.add(hour);
      next = hour.end();
    }
    return hours;
  }

  private static Instant at(BillingCalendar calendar, String local) {
    return LocalDateTime.parse(local).atZone(calendar.zone()).toInstant();
  }
}
