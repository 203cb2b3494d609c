package io.tollgate.support.time.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.support.time.ClockMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepSettingsTest {

  @Test
  void looksWhenDataComesInUnderATestClockOnly() {
    SweepSettings settings = new SweepSettings(Duration.ofSeconds(1), null);

    assertThat(settings.looksWhenDataComesIn(ClockMode.TEST)).isTrue();
    assertThat(settings.looksWhenDataComesIn(ClockMode.SYSTEM)).isFalse();
  }

  @Test
  void looksWhenItWasTold() {
    Duration second = Duration.ofSeconds(1);

    assertThat(new SweepSettings(second, true).looksWhenDataComesIn(ClockMode.SYSTEM)).isTrue();
    assertThat(new SweepSettings(second, false).looksWhenDataComesIn(ClockMode.TEST)).isFalse();
  }

  @Test
  void refusesPeriodThatIsNotPositive() {
    assertThatThrownBy(() -> new SweepSettings(Duration.ZERO, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tollgate.sweep.period must be positive");
  }
}
