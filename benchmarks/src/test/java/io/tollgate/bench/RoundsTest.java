package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void theMedianIsTheMiddleOneWhateverTheOrder() {
    assertThat(Rounds.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Rounds.of(7).median()).isEqualTo(7);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Rounds.of(100, 2, 4, 1).median()).isEqualTo(3);
  }

  @Test
  void theSpreadIsFromTheLeastToTheMost() {
    Rounds rounds = Rounds.of(5, 1, 9);

    assertThat(rounds.min()).isEqualTo(1);
    assertThat(rounds.max()).isEqualTo(9);
  }

  @Test
  void nothingMeasuredIsNoResult() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rounds(List.of()));
  }
}
