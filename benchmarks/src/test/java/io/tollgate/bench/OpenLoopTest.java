package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final long START = 7_000_000_000L;
  private static final OpenLoop LOOP = new OpenLoop(START, 4);

  @Test
  void theRateAloneSaysWhenEachIsMeantToHappen() {
    assertThat(LOOP.intended(0)).isEqualTo(START);
    assertThat(LOOP.intended(1)).isEqualTo(START + 250_000_000L);
    assertThat(LOOP.intended(4_000_000)).isEqualTo(START + 1_000_000_000_000_000L);
  }

  @Test
  void afterAStallEverythingThatWasMeantToHappenIsDueAtOnce() {
    assertThat(LOOP.dueBy(START - 1)).isZero();
    assertThat(LOOP.dueBy(START)).isEqualTo(1);
    assertThat(LOOP.dueBy(START + 249_999_999L)).isEqualTo(1);
    assertThat(LOOP.dueBy(START + 250_000_000L)).isEqualTo(2);
    assertThat(LOOP.dueBy(START + 10_000_000_000L)).isEqualTo(41);
  }

  @Test
  void aRateIsAboveZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new OpenLoop(START, 0));
  }
}
