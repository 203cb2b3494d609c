package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Window TEN_TO_TWELVE = window(10, 12);

  @Test
  void windowsOverlapWhenTheyHaveAnInstantInCommon() {
    assertThat(TEN_TO_TWELVE.overlaps(TEN_TO_TWELVE)).isTrue();
    assertThat(TEN_TO_TWELVE.overlaps(window(11, 13))).isTrue();
    assertThat(TEN_TO_TWELVE.overlaps(window(9, 11))).isTrue();
    assertThat(TEN_TO_TWELVE.overlaps(window(9, 13))).isTrue();
  }

  @Test
  void windowsThatOnlyTouchDoNotOverlap() {
    assertThat(TEN_TO_TWELVE.overlaps(window(12, 13))).isFalse();
    assertThat(TEN_TO_TWELVE.overlaps(window(9, 10))).isFalse();
  }

  @Test
  void theEarlierAndTheLaterOfTwoInstants() {
    Instant ten = TEN_TO_TWELVE.start();
    Instant twelve = TEN_TO_TWELVE.end();
    assertThat(Instants.earlier(ten, twelve)).isEqualTo(ten);
    assertThat(Instants.earlier(twelve, ten)).isEqualTo(ten);
    assertThat(Instants.later(ten, twelve)).isEqualTo(twelve);
    assertThat(Instants.later(twelve, ten)).isEqualTo(twelve);
  }

  private static Window window(int from, int to) {
    return new Window(hour(from), hour(to));
  }

  private static Instant hour(int hour) {
    return Instant.parse("2024-03-01T00:00:00Z").plusSeconds(3_600L * hour);
  }
}
