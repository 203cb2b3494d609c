package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Measurement BARE =
      Measurement.of("P0", "something", "events/s", Rounds.of(80, 120, 100));

  @Test
  void theRatioIsOfTheMedians() {
    assertThat(BARE.beside("limit", Rounds.of(400, 1, 1_000)).ratio()).contains(0.25);
    assertThat(BARE.ratio()).isEmpty();
  }

  @Test
  void aGoalIsReachedByTheMedian() {
    assertThat(BARE.reached()).isEmpty();
    assertThat(BARE.to(Goal.atLeast(100)).reached()).contains(true);
    assertThat(BARE.to(Goal.atLeast(101)).reached()).contains(false);
    assertThat(BARE.to(Goal.below(101)).reached()).contains(true);
    assertThat(BARE.to(Goal.below(100)).reached()).contains(false);
  }

  @Test
  void withTwoGoalsBothAreToBeReached() {
    Measurement fast = BARE.to(Goal.atLeast(100)).toRatio(Goal.atLeast(0.5));

    assertThat(fast.beside("limit", Rounds.of(200)).reached()).contains(true);
    assertThat(fast.beside("limit", Rounds.of(201)).reached()).contains(false);
    assertThat(fast.reached()).as("a share of no limit").contains(false);
  }
}
