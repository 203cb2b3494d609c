package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmthTest {

  private static List<Boolean> counted(double... rates) {
    Warmth warmth = new Warmth(new Sizes());
    List<Boolean> counted = new ArrayList<>();
    for (double rate : rates) {
      counted.add(warmth.counts(rate));
    }
    return counted;
  }

  @Test
  void roundsCountAfterOneThatGainedLittle() {
    assertThat(counted(100, 200, 215, 230, 400)).containsExactly(false, false, false, true, true);
  }

  @Test
  void rateThatNeverSettlesCountsInTheEnd() {
    assertThat(counted(1, 2, 4, 8, 16, 32, 64))
        .containsExactly(false, false, false, false, false, false, true);
  }
}
