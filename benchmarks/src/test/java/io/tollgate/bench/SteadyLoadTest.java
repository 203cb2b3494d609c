package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyLoadTest {

  @Test
  void aRateIsSustainedWhenAllOfItIsPostedAndTheLagIsFlatAndClosingsKeepUp() {
    assertThat(outcome(9_900, 100, 59).isSustained()).isTrue();
    assertThat(outcome(9_700, 100, 59).isSustained()).as("posted too little").isFalse();
    assertThat(outcome(9_900, 300, 59).isSustained()).as("a lag that grows").isFalse();
    assertThat(outcome(9_900, 100, 61).isSustained()).as("closings too slow").isFalse();
  }

  @Test
  void whatIsNotSustainedCountsUntilTheLastChargeIsBooked() {
    assertThat(outcome(9_900, 100, 59).perSecond()).isEqualTo(9_900);
    assertThat(outcome(9_900, 300, 59).perSecond()).isEqualTo(5_000);
  }

  private static SteadyLoad.Outcome outcome(double posted, double lag, double closing) {
    return new SteadyLoad.Outcome(
        10_000, posted, 9_000, 5_000, lag, 1_000, Rounds.of(30, closing), 60);
  }
}
