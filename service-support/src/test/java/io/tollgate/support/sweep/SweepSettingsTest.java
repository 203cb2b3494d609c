package io.tollgate.support.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.support.clock.ClockMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepSettingsTest {

  @Test
  void looksEverySecondAndTwentyTimesAsOftenUnderTestClock() {
    SweepSettings settings = new SweepSettings(null);

    assertThat(settings.period(ClockMode.SYSTEM)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.period(ClockMode.TEST)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void looksAsOftenAsItWasTold() {
    SweepSettings settings = new SweepSettings(Duration.ofSeconds(3));

    assertThat(settings.period(ClockMode.SYSTEM)).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.period(ClockMode.TEST)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesPeriodThatIsNotPositive() {
    assertThatThrownBy(() -> new SweepSettings(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tollgate.sweep.period must be positive");
  }
}
