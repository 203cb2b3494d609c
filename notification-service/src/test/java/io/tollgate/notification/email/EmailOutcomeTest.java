package io.tollgate.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmailOutcomeTest {

  @Test
  void waitsGrowAndStayAtADay() {
    assertThat(EmailOutcome.waitAfter(1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(EmailOutcome.waitAfter(2)).isEqualTo(Duration.ofMinutes(5));
    assertThat(EmailOutcome.waitAfter(7)).isEqualTo(Duration.ofHours(24));
    assertThat(EmailOutcome.waitAfter(20)).isEqualTo(Duration.ofHours(24));
  }
}
