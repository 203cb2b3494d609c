package io.tollgate.account.lifecycle;

import static io.tollgate.account.lifecycle.Story.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.lifecycle.Grace.Excused;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a grace ends, with force majeure and without (C2.3, C10.1). */
class GraceTest {

  private static final Instant DUE = march(1, "10:00");

  private static Instant end(Excused... excused) {
    return new Grace(Duration.ofHours(24)).end(DUE, List.of(excused));
  }

  private static Excused excused(Instant from, Instant to) {
    return new Excused(from, to);
  }

  @Test
  void withoutForceMajeureItEndsAfterItsLength() {
    assertThat(end()).isEqualTo(march(2, "10:00"));
  }

  @Test
  void whatIsExcusedInBetweenIsAdded() {
    assertThat(end(excused(march(1, "12:00"), march(1, "18:00")))).isEqualTo(march(2, "16:00"));
  }

  /** Due on the 2nd at 18:00, an hour of the 3rd: 6 hours of the 2nd and 18 of the 4th count. */
  @Test
  void anHourOfForceMajeureExcusesItsWholeDay() {
    Excused third =
        Excused.daysOf(new Window(march(3, "10:00"), march(3, "11:00")), BillingCalendar.SHANGHAI);
    assertThat(new Grace(Duration.ofHours(24)).end(march(2, "18:00"), List.of(third)))
        .isEqualTo(march(4, "18:00"));
  }

  @Test
  void forceMajeureThatEndsAtMidnightExcusesNothingOfTheNextDay() {
    assertThat(
            Excused.daysOf(
                new Window(march(1, "12:00"), march(2, "00:00")), BillingCalendar.SHANGHAI))
        .isEqualTo(excused(march(1, "00:00"), march(2, "00:00")));
  }

  @Test
  void whatLiesBeforeOrAfterChangesNothing() {
    assertThat(
            end(
                excused(march(2, "10:00"), march(3, "00:00")),
                excused(DUE.minusSeconds(7_200), DUE)))
        .isEqualTo(march(2, "10:00"));
  }

  @Test
  void aBillThatFallsDueDuringForceMajeureIsWaitedForFromItsEnd() {
    assertThat(end(excused(DUE.minusSeconds(3_600), march(5, "00:00"))))
        .isEqualTo(march(6, "00:00"));
  }

  @Test
  void timesThatOverlapOrTouchCountOnce() {
    assertThat(
            end(
                excused(march(1, "14:00"), march(1, "20:00")),
                excused(march(1, "12:00"), march(1, "16:00")),
                excused(march(1, "20:00"), march(1, "22:00")),
                excused(march(1, "13:00"), march(1, "13:30"))))
        .isEqualTo(march(2, "20:00"));
  }

  @Test
  void whatAnExtensionReachesCountsAsWell() {
    // To 16:00 of the 2nd with the first, which reaches into the second by four hours.
    assertThat(
            end(
                excused(march(1, "12:00"), march(1, "18:00")),
                excused(march(2, "12:00"), march(2, "13:00"))))
        .isEqualTo(march(2, "17:00"));
  }

  @Test
  void aTimeThatWasWithdrawnBeforeItBeganIsNone() {
    assertThat(end(excused(march(1, "12:00"), march(1, "12:00")))).isEqualTo(march(2, "10:00"));
  }

  /** An end in the year 10000 could not be read by the services that are told of it. */
  @Test
  void aGraceWithoutAForeseeableEndEndsWithTheYear9999() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
    for (Duration length :
        List.of(Duration.ofDays(3_000_000), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThat(new Grace(length).end(DUE, List.of())).isEqualTo(last);
    }
    Excused forCenturies = excused(DUE, Instant.parse("9999-12-31T16:00:00Z"));
    assertThat(end(forCenturies)).isEqualTo(last);
    assertThat(end(excused(DUE, Instant.parse("9000-12-31T16:00:00Z"))))
        .isEqualTo(Instant.parse("9001-01-01T16:00:00Z"));
  }

  @Test
  void noGraceEndsWhenTheBillFallsDue() {
    assertThat(new Grace(Duration.ZERO).end(DUE, List.of())).isEqualTo(DUE);
  }
}
