package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SlopeTest {

  @Test
  void aStraightLineHasItsOwnSlope() {
    assertThat(slope(0, 100, 5, 150, 10, 200).perSecond()).isCloseTo(10, within(1e-9));
  }

  /**
   * By hand: mean time 1.5, mean value 1.5; (-1.5 x -1.5 + -0.5 x 1.5 + 0.5 x -0.5 + 1.5 x 0.5) /
   * 5.
   */
  @Test
  void samplesOffTheLineAreLevelledByLeastSquares() {
    assertThat(slope(0, 0, 1, 3, 2, 1, 3, 2).perSecond()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void aLagThatComesAndGoesIsFlat() {
    assertThat(slope(0, 10, 1, 500, 2, 500, 3, 10).perSecond()).isCloseTo(0, within(1e-9));
  }

  @Test
  void oneInstantHasNoSlope() {
    assertThat(slope(3, 7).perSecond()).isZero();
    assertThat(new Slope().perSecond()).isZero();
  }

  private static Slope slope(double... secondsAndValues) {
    Slope slope = new Slope();
    for (int i = 0; i < secondsAndValues.length; i += 2) {
      slope.add(secondsAndValues[i], secondsAndValues[i + 1]);
    }
    return slope;
  }
}
