package io.tollgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {

  @Test
  void aRequestIsSentUntilItsAnswerIsAboutIt() {
    Deque<Integer> statuses = new ArrayDeque<>(List.of(503, 429, 400));
    AtomicInteger again = new AtomicInteger();
    Answer answer =
        new Retry(Duration.ofMinutes(1), again::incrementAndGet)
            .answer(() -> Answer.of(statuses.removeFirst(), "", ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(again).hasValue(2);
  }

  @Test
  void whatIsNotAnsweredInTimeFailsWithTheLastAnswer() {
    Retry retry = Retry.within(Duration.ZERO);
    assertThatThrownBy(() -> retry.answer(() -> Answer.of(503, "", "busy")))
        .hasMessageContaining("503 busy");
  }
}
