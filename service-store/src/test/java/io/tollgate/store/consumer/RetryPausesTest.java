package io.tollgate.store.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPausesTest {

  @Test
  void eachPauseIsTwiceTheOneBeforeUpToFiveSeconds() {
    List<Long> millis =
        IntStream.rangeClosed(1, 9)
            .mapToObj(tries -> RetryPauses.STANDARD.after(tries).toMillis())
            .toList();
    assertThat(millis).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    assertThat(RetryPauses.STANDARD.after(Integer.MAX_VALUE).toMillis()).isEqualTo(5000);
  }
}
