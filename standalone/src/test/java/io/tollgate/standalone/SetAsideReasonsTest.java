package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is set aside excuses itself: it used to excuse the other cycles of its month, too. */
class SetAsideReasonsTest {
  private static final Instant MONTH = Instant.parse("2024-02-29T16:00:00Z");
  private static final Instant FIRST = MONTH;
  private static final Instant SECOND = Instant.parse("2024-03-01T16:00:00Z");

  private final SetAsideReasons reasons = new SetAsideReasons();

  @Test
  void aCycleExcusesItsOwnWindowsOnly() {
    reasons.add("charging", "disk " + FIRST, "too large");
    assertThat(reasons.ofUnbilled("disk", FIRST, MONTH)).contains("too large");
    assertThat(reasons.ofUnbilled("disk", SECOND, MONTH)).isEmpty();
    assertThat(reasons.ofUnbilled("other", FIRST, MONTH)).isEmpty();
    assertThat(reasons.ofBilled("disk", MONTH, true)).isEmpty();
  }

  @Test
  void aMonthExcusesWhatIsNewerThanItsBills() {
    reasons.add("late-usage", "disk " + MONTH, "below zero");
    assertThat(reasons.ofBilled("disk", MONTH, true)).contains("below zero");
    assertThat(reasons.ofUnbilled("disk", SECOND, MONTH)).contains("below zero");
    assertThat(reasons.ofBilled("disk", MONTH, false)).isEmpty();
    assertThat(reasons.ofBilled("other", MONTH, true)).isEmpty();
  }

  @Test
  void aMonthIsNoCycleAndACycleNoMonth() {
    reasons.add("late-usage", "disk " + SECOND, "of no month");
    assertThat(reasons.ofUnbilled("disk", SECOND, MONTH)).isEmpty();
  }

  @Test
  void anUnknownProductExcusesItsUsageAndAParkedAccountAll() {
    reasons.add("unpriced-usage", "new", "not in the catalogue");
    assertThat(reasons.ofProduct("new")).contains("not in the catalogue");
    assertThat(reasons.ofProduct("other")).isEmpty();

    reasons.add("consumer usage", "", "it is parked");
    assertThat(reasons.ofProduct("other")).contains("it is parked");
    assertThat(reasons.ofUnbilled("disk", FIRST, MONTH)).contains("it is parked");
    assertThat(reasons.ofBilled("disk", MONTH, false)).contains("it is parked");
  }
}
