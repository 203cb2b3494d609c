package io.tollgate.store.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  @Test
  void elevenAttemptsTakeUpToThreeDays() {
    Duration all = Duration.ZERO;
    int attempts = 1;
    Optional<Duration> wait = RetrySchedule.waitAfter(attempts, Optional.empty());
    while (wait.isPresent()) {
      all = all.plus(wait.get());
      attempts++;
      wait = RetrySchedule.waitAfter(attempts, Optional.empty());
    }
    assertThat(attempts).isEqualTo(11);
    assertThat(all).isBetween(Duration.ofHours(71), Duration.ofHours(72));
  }

  @Test
  void aReceiverLengthensTheWaitUpToADayAndNeverShortensIt() {
    assertThat(RetrySchedule.waitAfter(1, Optional.of(Duration.ofSeconds(90))))
        .contains(Duration.ofSeconds(90));
    assertThat(RetrySchedule.waitAfter(2, Optional.of(Duration.ofSeconds(90))))
        .contains(Duration.ofMinutes(5));
    assertThat(RetrySchedule.waitAfter(1, Optional.of(Duration.ofDays(30))))
        .contains(Duration.ofHours(24));
  }
}
