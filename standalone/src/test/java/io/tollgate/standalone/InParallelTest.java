package io.tollgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InParallelTest {

  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @Test
  void resultsAreInTheOrderOfTheItems() {
    assertThat(InParallel.map(NUMBERS, number -> 2 * number))
        .containsExactlyElementsOf(NUMBERS.stream().map(number -> 2 * number).toList());
  }

  @Test
  void everyNumberIsDoneOnce() {
    AtomicInteger sum = new AtomicInteger();
    InParallel.run(100, sum::addAndGet);
    assertThat(sum).hasValue(4_950);
  }

  @Test
  void oneFailureFailsTheWhole() {
    assertThatThrownBy(
            () ->
                InParallel.forEach(
                    NUMBERS,
                    number -> {
                      if (number == 50) {
                        throw new IllegalArgumentException("fifty");
                      }
                    }))
        .hasMessageContaining("fifty");
  }
}
